import { useForm } from 'react-hook-form';
import type { Slot } from '../protocol/messages';
import { Button } from '../ui/button';

interface AwardsProps {
  /** The names of payouts that are awarded by hand. */
  readonly prizes: readonly string[];
  readonly slots: readonly Slot[];
  /** Slot ids by prize. */
  readonly awards: Readonly<Record<string, string>>;
  /** Nothing can be awarded before there was a game. */
  readonly isOff: boolean;
  /** With a team by prize: those that are awarded. */
  readonly onSave: (awards: Record<string, string>) => void;
}

/** Prizes that no game decides, such as the biggest upset: given by hand, or not yet. */
export function Awards({ prizes, slots, awards, isOff, onSave }: AwardsProps) {
  const { register, handleSubmit } = useForm<{ given: string[] }>({
    values: { given: prizes.map((it) => awards[it] ?? '') },
  });
  if (prizes.length === 0) return null;
  const team = new Map(slots.map((it) => [it.slot_id, it.teams[0] ?? '']));
  const save = ({ given }: { given: string[] }) => {
    const chosen = prizes.map((prize, index) => [prize, team.get(given[index] ?? '')] as const);
    onSave(Object.fromEntries(chosen.flatMap(([prize, to]) => (to ? [[prize, to]] : []))));
  };
  return (
    <form
      className="fields"
      aria-labelledby="awards"
      onSubmit={(event) => void handleSubmit(save)(event)}
    >
      <h2 id="awards">Prizes by hand</h2>
      {prizes.map((prize, index) => (
        <label key={prize}>
          {prize}
          <select {...register(`given.${index}`)}>
            <option value="">not awarded yet</option>
            {slots.map((it) => (
              <option key={it.slot_id} value={it.slot_id}>
                {it.teams.join(' / ')}
              </option>
            ))}
          </select>
        </label>
      ))}
      <div className="acts">
        <Button type="submit" disabled={isOff}>
          Award
        </Button>
      </div>
    </form>
  );
}
