import { useMutation } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { useApp } from '../app-context';
import { answered } from '../leagues/client';
import { Button } from '../ui/button';
import { ProblemText } from '../ui/problem';

export interface TournamentValues {
  readonly tournament: string;
  readonly teams: string;
  readonly bundled: string;
}

const EXAMPLE = 'region,seed,team,play_in\nEast,1,Purdue,no\n';

/** What the API takes of what was typed. */
export function fileOf({ tournament, teams, bundled }: TournamentValues) {
  const seeds = bundled.split(/[\s,]+/).filter(Boolean);
  return { name: tournament.trim(), teams_csv: teams, bundled_seeds: seeds.map(Number) };
}

/** A tournament's field from a file, looked at before anything is made of it. Part of a form. */
export function TournamentFields() {
  const { leagues } = useApp();
  const { register, setValue, getValues } = useFormContext<TournamentValues>();
  const preview = useMutation({
    mutationFn: async () =>
      answered(await leagues.POST('/tournament-previews', { body: fileOf(getValues()) })),
  });
  // what was seen was seen of another field
  const onChange = () => preview.reset();
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    setValue('teams', await file.text());
    onChange();
  };
  const seen = preview.data;
  return (
    <>
      <label>
        Tournament
        <input {...register('tournament', { onChange })} required maxLength={100} />
      </label>
      <label>
        Teams, from a CSV file
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => void readFile(event.target.files?.[0])}
        />
      </label>
      <label>
        or typed: region, seed, team, play-in
        <textarea
          {...register('teams', { onChange })}
          rows={6}
          required
          placeholder={EXAMPLE}
          spellCheck={false}
        />
      </label>
      <label>
        Seeds that are sold together, by a comma
        <input {...register('bundled', { onChange })} inputMode="numeric" pattern="[0-9 ,]*" />
      </label>
      <div className="acts">
        <Button disabled={preview.isPending} onClick={() => preview.mutate()}>
          Preview
        </Button>
      </div>
      {seen && (
        <div role="status">
          <p>
            {seen.teams} teams, {seen.slots} slots, {seen.lots} lots
            {seen.problems.length > 0 && `; ${seen.problems.length} problems:`}
          </p>
          <ul>
            {seen.problems.map((it) => (
              <li key={`${it.line}:${it.problem}`}>
                Line {it.line}: {it.problem}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ProblemText error={preview.error} />
    </>
  );
}
