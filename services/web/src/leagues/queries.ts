/** What the page reads of leagues, kept and shared by TanStack Query. */
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../app-context';
import { answered } from './client';

/** The leagues of who is signed in. A page of the API holds a hundred. */
export function useLeagues() {
  const { leagues } = useApp();
  return useQuery({
    queryKey: ['leagues'],
    queryFn: async () =>
      answered(await leagues.GET('/leagues', { params: { query: { limit: 100 } } })).leagues,
  });
}

/** The league that an auction is of; undefined before it is known. */
export function useLeagueOf(auctionId: string) {
  return useLeagues().data?.find((it) => it.auction_id === auctionId);
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
