import { Link } from 'wouter';
import { dollars } from '../auction/money';
import { standingSales } from '../auction/sales';
import { poolOf } from '../auction/pool';
import { useRulesOf } from '../leagues/queries';
import { useTitle } from '../ui/use-title';
import { Announcer } from './announcer';
import { Connection } from './connection';
import { CurrentLot } from './current-lot';
import { NoWayIn } from './no-way-in';
import { useRoom, useView } from './room-context';
import { memberName } from './words';

const SALES = 8;

/** The auction for a projector: to be read from the back of the room. */
export function ScreenPage({ auctionId }: { readonly auctionId: string }) {
  const title = useView((view) => view.title);
  const spent = useView((view) => view.spent);
  const { rules, whyNot } = useRulesOf(auctionId);
  useTitle(`${title || 'Auction'} · Big screen`);
  return (
    <>
      <header className="bar screen-bar">
        <h1>{title || 'Auction'}</h1>
        <p>
          Prize pool <strong>{rules ? dollars(poolOf(rules, spent).prizeCents) : '–'}</strong>{' '}
          {whyNot && <small>{whyNot}</small>}
        </p>
        <Connection />
        <Link href={`/auctions/${auctionId}`}>Leave the big screen</Link>
      </header>
      <NoWayIn />
      <main className="screen">
        <CurrentLot />
        <LastSales />
      </main>
      <Announcer />
    </>
  );
}

function LastSales() {
  const entries = useRoom(({ following }) => following.log.entries);
  const lots = useView((view) => view.lots);
  const members = useView((view) => view.members);
  const states = useView((view) => view.lotStates);
  const sales = standingSales(entries, states).slice(-SALES).toReversed();
  return (
    <section aria-label="Sold last" className="last-sales">
      <h2>Sold last</h2>
      <ol>
        {sales.map(({ seq, event }) => (
          <li key={seq}>
            <span>{lots.find((it) => it.lot_id === event.lot_id)?.name}</span>
            <span>{memberName(members, event.owner)}</span>
            <strong>{dollars(event.price_cents)}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
