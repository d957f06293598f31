import { useForm } from 'react-hook-form';
import type { Round } from '../auction/rounds';
import { Button } from '../ui/button';
import type { Game } from './results';

interface GameFormProps {
  readonly rounds: readonly Round[];
  /** Who may still play. */
  readonly teams: readonly string[];
  readonly isBusy: boolean;
  readonly onEnter: (game: Game, onEntered: () => void) => void;
}

const NOBODY = { winner: '', winner_score: NaN, loser: '', loser_score: NaN };

/** One more game. */
export function GameForm({ rounds, teams, isBusy, onEnter }: GameFormProps) {
  const { register, handleSubmit, reset } = useForm<Game>({
    defaultValues: { round: rounds[0]?.name ?? '', ...NOBODY },
  });
  const enter = (game: Game) => {
    onEnter(game, () => reset({ round: game.round, ...NOBODY }));
  };
  const score = { valueAsNumber: true } as const;
  return (
    <form className="fields" onSubmit={(event) => void handleSubmit(enter)(event)}>
      <div className="row">
        <label>
          Round
          <select {...register('round')} required>
            {rounds.map((it) => (
              <option key={it.name}>{it.name}</option>
            ))}
          </select>
        </label>
        <TeamChoice label="Winner" teams={teams} field={register('winner')} />
        <label>
          Its points
          <input {...register('winner_score', score)} type="number" min={0} required />
        </label>
        <TeamChoice label="Loser" teams={teams} field={register('loser')} />
        <label>
          Its points
          <input {...register('loser_score', score)} type="number" min={0} required />
        </label>
      </div>
      <div className="acts">
        <Button type="submit" className="primary" disabled={isBusy}>
          Enter the game
        </Button>
      </div>
    </form>
  );
}

interface TeamChoiceProps {
  readonly label: string;
  readonly teams: readonly string[];
  readonly field: object;
}

function TeamChoice({ label, teams, field }: TeamChoiceProps) {
  return (
    <label>
      {label}
      <select {...field} required>
        <option value="">–</option>
        {teams.map((it) => (
          <option key={it}>{it}</option>
        ))}
      </select>
    </label>
  );
}
