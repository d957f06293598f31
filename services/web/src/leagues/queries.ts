/** What the page reads of leagues, kept and shared by TanStack Query. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../app-context';
import { answered, type Leagues, type SettlementRules } from './client';
import { everyRow, PAGE } from './pages';

/**
 * The leagues of who is signed in; `refetchOnMount` as TanStack Query has it: 'always' where it
 * matters whether an auction was opened or closed a moment ago.
 */
export function useLeagues(refetchOnMount: true | 'always' = true) {
  const { leagues } = useApp();
  return useQuery({
    queryKey: ['leagues'],
    refetchOnMount,
    queryFn: () =>
      everyRow(async (cursor) => {
        const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const page = answered(await leagues.GET('/leagues', { params: { query } }));
        return { ...page, rows: page.leagues };
      }),
  });
}

/** The league that an auction is of; undefined before it is known. */
export function useLeagueOf(auctionId: string) {
  return useLeagues().data?.find((it) => it.auction_id === auctionId);
}

/** Everybody who is or was in a league. */
export function useMembers(leagueId: string) {
  const { leagues } = useApp();
  return useQuery({
    queryKey: ['leagues', leagueId, 'members'],
    queryFn: () =>
      everyRow(async (cursor) => {
        const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const params = { path: { league_id: leagueId }, query };
        const page = answered(await leagues.GET('/leagues/{league_id}/members', { params }));
        return { ...page, rows: page.members };
      }),
  });
}

/** The field of a league's tournament. */
export function useField(leagueId: string) {
  const { leagues } = useApp();
  return useQuery({
    queryKey: ['leagues', leagueId, 'tournament'],
    queryFn: async () => {
      const params = { path: { league_id: leagueId } };
      return answered(await leagues.GET('/leagues/{league_id}/tournament', { params }));
    },
  });
}

/** What results pay in a league. */
export function useSettlementRules(leagueId: string | undefined) {
  const { leagues } = useApp();
  return useQuery({
    queryKey: ['leagues', leagueId, 'settlement-rules'],
    enabled: leagueId !== undefined,
    queryFn: async () => {
      const params = { path: { league_id: leagueId ?? '' } };
      return answered(await leagues.GET('/leagues/{league_id}/settlement-rules', { params }));
    },
  });
}

/** What results pay in an auction's league; null while that is not known. */
export interface KnownRules {
  readonly rules: SettlementRules | null;
  /** Why not, in words for a person. */
  readonly whyNot: string;
}

/** What results pay in the league that an auction is of. */
export function useRulesOf(auctionId: string): KnownRules {
  const leagues = useLeagues();
  const leagueId = leagues.data?.find((it) => it.auction_id === auctionId)?.league_id;
  const { data: rules, error } = useSettlementRules(leagueId);
  if (rules) return { rules, whyNot: '' };
  if (leagues.data && leagueId === undefined) {
    return { rules: null, whyNot: 'Tax and fee are shown to the league’s members.' };
  }
  const isFailed = error !== null || leagues.error !== null;
  const whyNot = isFailed ? 'Tax and fee cannot be read at the moment.' : 'Loading tax and fee …';
  return { rules: null, whyNot };
}

/** An act upon leagues, after which everything of them is read anew; `onDone` comes before that. */
export function useAct<Change = void, Outcome = unknown>(
  act: (api: Leagues, change: Change) => Promise<Outcome>,
  onDone?: () => void,
) {
  const { leagues } = useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => act(leagues, change),
    onSuccess: () => onDone?.(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['leagues'] }),
  });
}
