import { useState } from 'react';
import { dollars } from '../../auction/money';
import type { Lot, SeenBid } from '../../protocol/messages';
import { Confirm } from '../../ui/confirm';
import { Button } from '../../ui/button';
import { useView } from '../room-context';
import { lotTitle, memberName } from '../words';
import type { ActsProps } from './acts';

interface BidActProps extends Omit<ActsProps, 'role'> {
  readonly lot: Lot;
}

interface Asked {
  readonly hasBid: boolean;
  /** The bid that stood when the question was asked: others may land while it is open. */
  readonly seen: SeenBid;
  readonly ask: () => void;
}

function useAsked(): Asked {
  const high_bidder = useView((view) => view.current?.high_bidder ?? null);
  const high_cents = useView((view) => view.current?.high_cents ?? null);
  const [seen, setSeen] = useState<SeenBid>({});
  return {
    hasBid: high_bidder !== null,
    seen,
    ask: () => setSeen({ high_bidder, high_cents }),
  };
}

/** End the lot before its time. */
export function HammerAct({ lot, isBusy, send }: BidActProps) {
  const { seen, ask } = useAsked();
  const members = useView((view) => view.members);
  const name = lotTitle(lot);
  const isSale = seen.high_bidder != null;
  return (
    <Confirm
      trigger={
        <Button type="button" disabled={isBusy}>
          Hammer now
        </Button>
      }
      title={isSale ? `Sell ${name} now?` : `End ${name} without a bid?`}
      act={isSale ? 'Sell it' : 'End it'}
      onOpen={ask}
      onConfirm={() => send({ action: 'hammer', lot_id: lot.lot_id, forced: true, seen })}
    >
      <p>
        {isSale
          ? `It goes to ${memberName(members, seen.high_bidder)} for ${dollars(seen.high_cents ?? 0)}, before its time. The sale can be undone.`
          : 'It is passed, before its time. It can be put up again.'}
      </p>
    </Confirm>
  );
}

/** Take the high bid back. */
export function UndoBidAct({ lot, isBusy, send }: BidActProps) {
  const { hasBid, seen, ask } = useAsked();
  const members = useView((view) => view.members);
  return (
    <Confirm
      trigger={
        <Button type="button" disabled={isBusy || !hasBid}>
          Undo the bid
        </Button>
      }
      title={`Undo the bid of ${dollars(seen.high_cents ?? 0)}?`}
      act="Undo the bid"
      onOpen={ask}
      onConfirm={() => send({ action: 'undoBid', lot_id: lot.lot_id, seen })}
    >
      <p>
        {memberName(members, seen.high_bidder)}’s bid for {lotTitle(lot)} is void and the one before
        it stands again. This cannot be taken back; they would have to bid anew.
      </p>
    </Confirm>
  );
}
