import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { useApp } from '../app-context';
import { answered } from '../leagues/client';
import { ProblemText } from '../ui/problem';

interface Fields {
  readonly name: string;
  readonly memberName: string;
  readonly tournament: string;
  readonly teams: string;
  readonly bundled: string;
}

const EXAMPLE = 'region,seed,team,play_in\nEast,1,Purdue,no\n';

function fileOf({ tournament, teams, bundled }: Fields) {
  const seeds = bundled.split(/[\s,]+/).filter(Boolean);
  return { name: tournament.trim(), teams_csv: teams, bundled_seeds: seeds.map(Number) };
}

/** A league of one's own: its field from a file, looked at before anything is made. */
export function CreateLeague() {
  const { leagues } = useApp();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { register, handleSubmit, setValue } = useForm<Fields>();
  // the same key again makes nothing anew, should the answer get lost
  const key = useRef(crypto.randomUUID());
  const preview = useMutation({
    mutationFn: async (fields: Fields) =>
      answered(await leagues.POST('/tournament-previews', { body: fileOf(fields) })),
  });
  const making = useMutation({
    mutationFn: async (fields: Fields) => {
      const params = { header: { 'Idempotency-Key': key.current } };
      const body = {
        name: fields.name.trim(),
        member_name: fields.memberName.trim(),
        tournament: fileOf(fields),
      };
      return answered(await leagues.POST('/leagues', { params, body }));
    },
    onSuccess: async ({ league_id }) => {
      await queries.invalidateQueries({ queryKey: ['leagues'] });
      go(`/leagues/${league_id}`);
    },
  });
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    setValue('teams', await file.text());
    preview.reset();
  };
  const seen = preview.data;
  return (
    <form
      className="card"
      onSubmit={(event) => void handleSubmit((it) => making.mutate(it))(event)}
    >
      <h2>Create a league</h2>
      <label>
        Its name
        <input {...register('name')} required maxLength={100} />
      </label>
      <label>
        Your name in it
        <input {...register('memberName')} required maxLength={100} />
      </label>
      <label>
        Tournament
        <input {...register('tournament')} required maxLength={100} />
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
          {...register('teams')}
          rows={6}
          required
          placeholder={EXAMPLE}
          spellCheck={false}
        />
      </label>
      <label>
        Seeds that are sold together, by a comma
        <input {...register('bundled')} inputMode="numeric" pattern="[0-9 ,]*" />
      </label>
      <div className="acts">
        <button
          type="button"
          disabled={preview.isPending}
          onClick={() => void handleSubmit((it) => preview.mutate(it))()}
        >
          Preview
        </button>
        <button type="submit" className="primary" disabled={making.isPending}>
          Create
        </button>
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
      <ProblemText error={making.error ?? preview.error} />
    </form>
  );
}
