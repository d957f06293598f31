import { useMemo } from 'react';
import { leftCents } from '../auction/bidding';
import { dollars } from '../auction/money';
import { poolOf, prizes, taxCents } from '../auction/pool';
import { resultsOf, roundsOf } from '../auction/rounds';
import { useLeagueOf, useSettlementRules } from '../leagues/queries';
import { useView } from './room-context';
import { PricesBySeed } from './prices-by-seed';
import { lotTitle } from './words';

interface MoneyPanelProps {
  readonly auctionId: string;
}

/** My teams, and what they cost me. */
export function MinePanel({ auctionId }: MoneyPanelProps) {
  const rules = useSettlementRules(useLeagueOf(auctionId)?.league_id).data;
  const view = useView((it) => it);
  const spent = view.spent[view.you] ?? 0;
  const tax = rules ? taxCents(rules, spent) : 0;
  const mine = view.lots.filter((it) => view.lotStates[it.lot_id]?.owner === view.you);
  return (
    <div>
      {mine.length === 0 && <p className="empty">You own no team yet.</p>}
      <table className="table">
        <caption className="hidden">My teams</caption>
        <tbody>
          {mine.map((lot) => (
            <tr key={lot.lot_id}>
              <th scope="row">{lotTitle(lot)}</th>
              <td className="number">{dollars(view.lotStates[lot.lot_id]?.price_cents ?? 0)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Sum name="Prices" cents={spent} />
          {tax > 0 && <Sum name="Tax" cents={tax} />}
          <Sum name="Total buy-in" cents={spent + tax} />
          <Sum name="Left to spend" cents={leftCents(view, view.you)} />
        </tfoot>
      </table>
    </div>
  );
}

/** The prize pool so far, and what each result would pay if nothing more were sold. */
export function PoolPanel({ auctionId }: MoneyPanelProps) {
  const rules = useSettlementRules(useLeagueOf(auctionId)?.league_id).data;
  const lots = useView((view) => view.lots);
  const spent = useView((view) => view.spent);
  const rounds = useMemo(() => roundsOf(lots.flatMap((it) => it.slots)), [lots]);
  const pool = poolOf(rules ?? {}, spent);
  const paid = rules ? prizes(rules, pool.netCents, (round) => resultsOf(round, rounds)) : [];
  return (
    <div>
      <table className="table">
        <caption>Prize pool so far</caption>
        <tbody>
          <Sum name="Prices" cents={pool.naturalCents} />
          {pool.taxCents > 0 && <Sum name="Taxes" cents={pool.taxCents} />}
          {pool.feeCents > 0 && <Sum name="Fee" cents={-pool.feeCents} />}
          <Sum name="To be paid out" cents={pool.netCents} />
        </tbody>
      </table>
      {paid.length > 0 && (
        <table className="table">
          <caption>A win would pay now</caption>
          <tbody>
            {paid.map(({ name, cents }) => (
              <Sum key={name} name={name} cents={cents} />
            ))}
          </tbody>
        </table>
      )}
      <PricesBySeed />
    </div>
  );
}

function Sum({ name, cents }: { readonly name: string; readonly cents: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{dollars(cents)}</td>
    </tr>
  );
}
