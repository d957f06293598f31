import { dollars } from '../auction/money';
import type { Lot, LotStatus } from '../protocol/messages';
import { Confirm } from '../ui/confirm';
import { Button } from '../ui/button';
import { useSending, useView } from './room-context';
import { lotTitle, refusalText } from './words';

interface LotActsProps {
  readonly lot: Lot;
  readonly status: LotStatus;
  readonly owner: string | null;
}

/** What can be done with a lot that is not up: put it up, or take its sale back. */
export function LotActs({ lot, status, owner }: LotActsProps) {
  const isBetween = useView((view) => view.status === 'open');
  const isClosed = useView((view) => view.status === 'closed');
  const price = useView((view) => view.lotStates[lot.lot_id]?.price_cents ?? 0);
  const { pending, refusal, run } = useSending();
  const name = lotTitle(lot);
  const error = refusal && <span role="alert">{refusalText(refusal)}</span>;
  if (status === 'up' || isClosed) return error;
  if (status === 'unsold' || status === 'passed') {
    return (
      <>
        <Button
          type="button"
          disabled={!isBetween || pending !== null}
          aria-label={`Put up ${name}`}
          onClick={() => void run({ action: 'nextLot', lot_id: lot.lot_id })}
        >
          Put up
        </Button>
        {error}
      </>
    );
  }
  return (
    <>
      <Confirm
        trigger={
          <Button type="button" disabled={pending !== null} aria-label={`Undo the sale of ${name}`}>
            Undo
          </Button>
        }
        title={`Undo the sale of ${name}?`}
        act="Undo the sale"
        onConfirm={() => void run({ action: 'resetLot', lot_id: lot.lot_id })}
      >
        <p>
          {owner} gets {dollars(price)} back and the lot is unsold again. The log keeps both. This
          cannot be taken back: the lot would have to be auctioned anew.
        </p>
      </Confirm>
      {error}
    </>
  );
}
