import { useMemo } from 'react';
import { leftCents } from '../auction/bidding';
import { dollars } from '../auction/money';
import { poolOf, prizes, taxCents } from '../auction/pool';
import { resultsOf, roundsOf } from '../auction/rounds';
import { useRulesOf } from '../leagues/queries';
import { useView } from './room-context';
import { PricesBySeed } from './prices-by-seed';
import { lotTitle } from './words';

interface MoneyPanelProps {
  readonly auctionId: string;
}

/** My teams, and what they cost me. */
export function MinePanel({ auctionId }: MoneyPanelProps) {
  const { rules, whyNot } = useRulesOf(auctionId);
  const view = useView((it) => it);
  const spent = view.spent[view.you] ?? 0;
  const tax = rules && taxCents(rules, spent);
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
          {tax !== 0 && <Sum name="Tax" cents={tax} />}
          <Sum name="Total buy-in" cents={tax === null ? null : spent + tax} />
          <Sum name="Left to spend" cents={leftCents(view, view.you)} />
        </tfoot>
      </table>
      {whyNot && <p className="hint">{whyNot}</p>}
    </div>
  );
}

/** The prize pool so far, and what each result would pay if nothing more were sold. */
export function PoolPanel({ auctionId }: MoneyPanelProps) {
  const { rules, whyNot } = useRulesOf(auctionId);
  const lots = useView((view) => view.lots);
  const spent = useView((view) => view.spent);
  const rounds = useMemo(() => roundsOf(lots.flatMap((it) => it.slots)), [lots]);
  const { naturalCents } = poolOf({}, spent);
  const pool = rules && poolOf(rules, spent);
  const paid = rules && pool ? prizes(rules, pool.netCents, (it) => resultsOf(it, rounds)) : [];
  return (
    <div>
      <table className="table">
        <caption>Prize pool so far</caption>
        <tbody>
          <Sum name="Prices" cents={naturalCents} />
          {pool?.taxCents !== 0 && <Sum name="Taxes" cents={pool && pool.taxCents} />}
          <Sum name="Prize pool" cents={pool && pool.prizeCents} />
          {pool?.feeCents !== 0 && <Sum name="Fee" cents={pool && -pool.feeCents} />}
          <Sum name="To be paid out" cents={pool && pool.netCents} />
        </tbody>
      </table>
      {whyNot && <p className="hint">{whyNot}</p>}
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

interface SumProps {
  readonly name: string;
  /** null where it is not known. */
  readonly cents: number | null;
}

function Sum({ name, cents }: SumProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{cents === null ? '–' : dollars(cents)}</td>
    </tr>
  );
}
