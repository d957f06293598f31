import { useCallback, useRef, useState } from 'react';
import { type Bidding as Chances, biddingOf, quickBids, roleOf } from '../auction/bidding';
import { mayDo } from '../auction/rights';
import { BidForm } from './bidding/bid-form';
import { InNameOf } from './bidding/in-name-of';
import { noteOf } from './bidding/note';
import { QuickBids } from './bidding/quick-bids';
import { useIsOver } from './countdown';
import { type Sending, useClient, useRoom, useSending, useView } from './room-context';
import { obstacleText } from './words';

/** Everything to bid with: quick bids, an amount of one's own, and what became of it. */
export function BiddingPanel() {
  const lotId = useView((view) => view.current?.lot_id ?? null);
  return (
    <section className="bidding" aria-label="Bidding">
      {/* what was typed for a lot, or said of a bid for it, ends with it */}
      <Bidding key={lotId} lotId={lotId} />
    </section>
  );
}

function Bidding({ lotId }: { readonly lotId: string | null }) {
  const client = useClient();
  const isOver = useIsOver();
  const view = useView((it) => it);
  const link = useRoom((it) => it.link.state);
  const sending = useSending();
  const { pending, refusal, run } = sending;
  // null is the lowest bid that would stand, which rises; what was typed never changes by itself
  const [typed, setTyped] = useState<number | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const [inName, setInName] = useState<number | null>(null);
  const bidding = biddingOf(view, isOver, inName ?? view.you);
  const { obstacle, minimumCents, mostCents } = bidding;
  useForgetting(sending, bidding);
  const cents = typed ?? minimumCents;
  const isBusy = pending !== null || link !== 'live';
  const isPossible = (lowest: number) => !isBusy && cents >= lowest && cents <= mostCents;
  // who holds the high bid may say how far to go on, down to that bid
  const isMine = obstacle === 'high_bidder' && inName === null;
  const lowestMaximum = isMine ? (view.current?.high_cents ?? minimumCents) : minimumCents;

  const forgetTyped = useCallback(() => {
    // the field shows what it is told only once the focus was elsewhere
    if (field.current === document.activeElement) {
      field.current?.blur();
      field.current?.focus();
    }
    setTyped(null);
  }, []);
  const bid = useCallback(
    (amount_cents: number) => {
      if (lotId === null) return;
      forgetTyped();
      void run({
        action: 'placeBid',
        lot_id: lotId,
        amount_cents,
        ...(inName !== null && { bidder: inName }),
      });
    },
    [lotId, run, inName, forgetTyped],
  );
  const lead = async (maximum_cents: number) => {
    if (lotId === null) return;
    forgetTyped();
    const answer = await run({ action: 'setMaximum', lot_id: lotId, maximum_cents });
    if (answer?.type === 'accepted') await client.look().catch(() => undefined);
  };

  if (obstacle === 'spectator') {
    return <p className="bidding-note">{obstacleText('spectator', 0)}</p>;
  }
  return (
    <>
      <QuickBids
        amounts={view.current ? quickBids(view, bidding) : []}
        isOff={obstacle !== null || isBusy}
        onBid={bid}
      />
      <BidForm
        field={field}
        cents={cents}
        onType={setTyped}
        stepCents={bidding.incrementCents}
        isEmpty={view.current === null}
        mayBid={obstacle === null && isPossible(minimumCents)}
        onBid={bid}
        mayLead={(obstacle === null || isMine) && inName === null && isPossible(lowestMaximum)}
        onLead={(it) => void lead(it)}
        maximumCents={view.current?.your_maximum_cents ?? null}
      />
      {mayDo(roleOf(view), 'nextLot') && <InNameOf bidder={inName} onChoose={setInName} />}
      <p className="bidding-note" role="status" data-refused={refusal !== null}>
        {noteOf({ bidding, cents, isForSomebodyElse: inName !== null, pending, refusal, link })}
      </p>
    </>
  );
}

/** A refusal is said until something else keeps me from bidding, or the lowest bid becomes another one
 * than it named. */
function useForgetting({ refusal, forget }: Sending, { obstacle, minimumCents }: Chances): void {
  const [seen, see] = useState({ obstacle, minimumCents });
  if (seen.obstacle === obstacle && seen.minimumCents === minimumCents) return;
  see({ obstacle, minimumCents });
  if (seen.obstacle !== obstacle || refusal?.minimum_cents !== minimumCents) forget();
}
