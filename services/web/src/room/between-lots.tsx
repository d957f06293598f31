import { comingUp } from '../auction/coming-up';
import { dollars } from '../auction/money';
import { standingSales } from '../auction/sales';
import { useRoom, useView } from './room-context';
import { lotTitle, memberName } from './words';

/** What the stage shows while no lot is up: what is to come, and what was sold last. */
export function BetweenLots() {
  const status = useView((view) => view.status);
  const left = useView(
    (view) => Object.values(view.lotStates).filter((it) => it.status === 'unsold').length,
  );
  const next = useView(comingUp);
  const entries = useRoom(({ following }) => following.log.entries);
  const states = useView((view) => view.lotStates);
  const members = useView((view) => view.members);
  const lots = useView((view) => view.lots);
  const autoNextMs = useView((view) => view.autoNextMs);
  const last = standingSales(entries, states).at(-1)?.event;
  const heading = {
    closed: 'The auction is closed',
    none: 'The auction is not open yet',
    open: left === 0 ? 'Every lot was up' : 'The next lot is about to come',
  }[status === 'closed' ? 'closed' : status === null ? 'none' : 'open'];
  const isGoingOn = status !== null && status !== 'closed';
  return (
    <div className="stage-between">
      <h2 id="current-lot">{heading}</h2>
      {isGoingOn && left > 0 && (
        <p>
          {left === 1 ? 'One lot is' : `${left} lots are`} to come
          {autoNextMs !== null && `; the next by itself, ${autoNextMs / 1000} s after the last`}
        </p>
      )}
      {isGoingOn && next && (
        <p>
          Next in order: <strong>{lotTitle(next)}</strong>
        </p>
      )}
      {last && (
        <p>
          Sold last: <strong>{lots.find((it) => it.lot_id === last.lot_id)?.name}</strong> to{' '}
          {memberName(members, last.owner)} for {dollars(last.price_cents)}
        </p>
      )}
    </div>
  );
}
