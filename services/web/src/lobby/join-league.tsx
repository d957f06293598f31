import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useApp } from '../app-context';
import { answered } from '../leagues/client';
import { ProblemText } from '../ui/problem';
import { Button } from '../ui/button';

interface Fields {
  readonly code: string;
  readonly name: string;
}

/** Into a league with the code that somebody gave me. */
export function JoinLeague() {
  const { leagues } = useApp();
  const queries = useQueryClient();
  const { register, handleSubmit, reset } = useForm<Fields>();
  const joining = useMutation({
    mutationFn: async ({ code, name }: Fields) => {
      const body = { code: code.trim().toUpperCase(), member_name: name.trim() };
      return answered(await leagues.POST('/memberships', { body }));
    },
    onSuccess: async () => {
      reset();
      await queries.invalidateQueries({ queryKey: ['leagues'] });
    },
  });
  return (
    <form
      className="card"
      onSubmit={(event) => void handleSubmit((it) => joining.mutate(it))(event)}
    >
      <h2>Join a league</h2>
      <label>
        Code
        <input {...register('code')} required minLength={12} maxLength={12} autoComplete="off" />
      </label>
      <label>
        Your name in it
        <input {...register('name')} required maxLength={100} />
      </label>
      <ProblemText error={joining.error} />
      <Button type="submit" disabled={joining.isPending}>
        Join
      </Button>
      {joining.isSuccess && <p role="status">You are in.</p>}
    </form>
  );
}
