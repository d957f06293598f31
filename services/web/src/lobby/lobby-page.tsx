import { Link } from 'wouter';
import { useApp, usePerson } from '../app-context';
import { useLeagues } from '../leagues/queries';
import { CreateLeague } from './create-league';
import { JoinLeague } from './join-league';
import { useTitle } from '../ui/use-title';
import { ROLES } from '../ui/words';

const STATUSES = { planned: 'To come', open: 'Live', closed: 'Over' } as const;

/** My leagues, and ways to more of them. */
export default function LobbyPage() {
  const { session } = useApp();
  const person = usePerson();
  const { data, error, isPending } = useLeagues('always');
  useTitle('My leagues');
  return (
    <>
      <header className="bar">
        <h1>Calcutta</h1>
        <p className="who">{person?.email}</p>
        <button type="button" onClick={() => session.end()}>
          Sign out
        </button>
      </header>
      <main className="lobby">
        <h2>My leagues</h2>
        {isPending && <p role="status">Loading …</p>}
        {error && <p role="alert">{error.message}</p>}
        {data?.length === 0 && <p className="empty">You are in no league yet.</p>}
        <ul className="leagues">
          {data?.map((league) => (
            <li key={league.league_id}>
              <h3>{league.name}</h3>
              <p>
                {league.tournament_name} · {ROLES[league.role]} ·{' '}
                <span className={`badge ${league.auction_status}`}>
                  {STATUSES[league.auction_status]}
                </span>
              </p>
              <p className="acts">
                <Link className="button primary" href={`/auctions/${league.auction_id}`}>
                  Enter the auction
                </Link>
                <Link className="button" href={`/leagues/${league.league_id}`}>
                  The league
                </Link>
              </p>
            </li>
          ))}
        </ul>
        <JoinLeague />
        <CreateLeague />
      </main>
    </>
  );
}
