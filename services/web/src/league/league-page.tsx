import { Tabs } from '@base-ui/react/tabs';
import { Link } from 'wouter';
import { useLeagues } from '../leagues/queries';
import { mayRun } from '../leagues/rights';
import { useTitle } from '../ui/use-title';
import { ROLES } from '../ui/words';
import { AfterTab } from './after-tab';
import { LeagueTab } from './league-tab';
import { LotsTab } from './lots-tab';
import { MembersTab } from './members-tab';
import { PayoutsTab } from './payouts-tab';
import { RulesTab } from './rules-tab';

/** A league before and after its auction. */
export default function LeaguePage({ leagueId }: { readonly leagueId: string }) {
  const { data, isPending } = useLeagues('always');
  const league = data?.find((it) => it.league_id === leagueId);
  useTitle(league?.name ?? 'League');
  if (isPending) return <p className="loading">Loading …</p>;
  if (!league) {
    return (
      <p className="notice" role="alert">
        There is no such league, or not for you. <Link href="/">Back to my leagues</Link>
      </p>
    );
  }
  const runs = mayRun(league);
  const isPlanned = league.auction_status === 'planned';
  const tabs = {
    Members: <MembersTab league={league} />,
    Rules: <RulesTab leagueId={leagueId} mayChange={runs && league.auction_status !== 'closed'} />,
    Payouts: (
      <PayoutsTab leagueId={leagueId} mayChange={league.role === 'commissioner' && isPlanned} />
    ),
    Lots: <LotsTab leagueId={leagueId} mayChange={runs && isPlanned} />,
    Results: <AfterTab leagueId={leagueId} mayChange={runs && !isPlanned} />,
    League: <LeagueTab league={league} />,
  };
  return (
    <>
      <header className="bar">
        <Link href="/">Leagues</Link>
        <h1>{league.name}</h1>
        <p className="who">{ROLES[league.role]}</p>
        <Link className="button primary" href={`/auctions/${league.auction_id}`}>
          Enter the auction
        </Link>
      </header>
      <main className="lobby">
        <Tabs.Root defaultValue="Members" className="card">
          <Tabs.List aria-label="The league" className="tabs">
            {Object.keys(tabs).map((it) => (
              <Tabs.Tab key={it} value={it}>
                {it}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {Object.entries(tabs).map(([it, shown]) => (
            <Tabs.Panel key={it} value={it}>
              {shown}
            </Tabs.Panel>
          ))}
        </Tabs.Root>
      </main>
    </>
  );
}
