import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { useApp } from '../app-context';
import { answered } from '../leagues/client';
import { Button } from '../ui/button';
import { ProblemText } from '../ui/problem';
import { fileOf, TournamentFields, type TournamentValues } from './tournament-fields';

interface Fields extends TournamentValues {
  readonly name: string;
  readonly memberName: string;
}

/** A league of one's own. */
export function CreateLeague() {
  const { leagues } = useApp();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const form = useForm<Fields>();
  const { register, handleSubmit } = form;
  const keyOf = useKeyOf();
  const making = useMutation({
    mutationFn: async (fields: Fields) => {
      const body = {
        name: fields.name.trim(),
        member_name: fields.memberName.trim(),
        tournament: fileOf(fields),
      };
      const params = { header: { 'Idempotency-Key': keyOf(body) } };
      return answered(await leagues.POST('/leagues', { params, body }));
    },
    onSuccess: async ({ league_id }) => {
      await queries.invalidateQueries({ queryKey: ['leagues'] });
      go(`/leagues/${league_id}`);
    },
  });
  return (
    <FormProvider {...form}>
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
        <TournamentFields />
        <div className="acts">
          <Button type="submit" className="primary" disabled={making.isPending}>
            Create
          </Button>
        </div>
        <ProblemText error={making.error} />
      </form>
    </FormProvider>
  );
}

/** The same key for the same league, so that nothing is made twice should an answer get lost. */
function useKeyOf(): (body: object) => string {
  const [keyOf] = useState(() => {
    let last = { body: '', key: '' };
    return (body: object) => {
      const text = JSON.stringify(body);
      if (text !== last.body) last = { body: text, key: crypto.randomUUID() };
      return last.key;
    };
  });
  return keyOf;
}
