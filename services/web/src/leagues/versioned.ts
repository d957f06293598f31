/** Things of a league that are read, changed by hand, and saved unless somebody else was faster. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../app-context';
import { answered, type Leagues, type Outcome } from './client';

interface Versioned<Data> {
  readonly value: Data;
  readonly etag: string;
}

interface Place<Data, Change> {
  readonly name: string;
  readonly leagueId: string;
  readonly read: (api: Leagues) => Promise<Outcome<Data>>;
  readonly save: (api: Leagues, etag: string, change: Change) => Promise<Outcome<unknown>>;
}

/** What is there, and a way to change it. After a change everything of the league is read anew. */
export function useVersioned<Data, Change>({ name, leagueId, read, save }: Place<Data, Change>) {
  const { leagues } = useApp();
  const queries = useQueryClient();
  const found = useQuery<Versioned<Data>>({
    queryKey: ['leagues', leagueId, name, 'versioned'],
    // what somebody is typing is not to be replaced under their fingers
    staleTime: Infinity,
    queryFn: async () => {
      const outcome = await read(leagues);
      return { value: answered(outcome), etag: outcome.response.headers.get('ETag') ?? '*' };
    },
  });
  const saving = useMutation({
    mutationFn: async (change: Change) =>
      answered(await save(leagues, found.data?.etag ?? '*', change)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['leagues'] }),
  });
  return { value: found.data?.value, error: found.error, saving };
}
