import { NumberField } from '@base-ui/react/number-field';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { biddingOf, quickBids, roleOf } from '../auction/bidding';
import { dollars } from '../auction/money';
import { mayDo } from '../auction/rights';
import { Button } from '../ui/button';
import { useIsOver } from './countdown';
import { useClient, useRoom, useSending, useView } from './room-context';
import { StopBidding } from './stop-bidding';
import { obstacleText, refusalText } from './words';

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
  const isOver = useIsOver();
  const view = useView((it) => it);
  const link = useRoom((it) => it.link.state);
  const { pending, refusal, run } = useSending();
  const client = useClient();
  const [amount, setAmount] = useState<number | null>(null);
  const [inName, setInName] = useState<number | null>(null);
  const bidder = inName ?? view.you;
  const bidding = biddingOf(view, isOver, bidder);
  const isBusy = pending !== null || link !== 'live';
  const isOff = bidding.obstacle !== null || isBusy;
  const cents = Math.max(amount ?? 0, bidding.minimumCents);
  const isAffordable = cents <= bidding.mostCents;
  // who holds the high bid may still say how far to go on
  const mayLead = bidding.obstacle === null || bidding.obstacle === 'high_bidder';
  const maximum = view.current?.your_maximum_cents ?? null;

  const bid = useCallback(
    (amount_cents: number) => {
      if (lotId === null) return;
      setAmount(null);
      void run({
        action: 'placeBid',
        lot_id: lotId,
        amount_cents,
        ...(inName !== null && { bidder: inName }),
      });
    },
    [lotId, run, inName],
  );
  const setMaximum = async () => {
    if (lotId === null) return;
    setAmount(null);
    const answer = await run({ action: 'setMaximum', lot_id: lotId, maximum_cents: cents });
    if (answer?.type === 'accepted') await client.look().catch(() => undefined);
  };

  if (bidding.obstacle === 'spectator') {
    return <p className="bidding-note">{obstacleText('spectator', 0)}</p>;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isOff && isAffordable) bid(cents);
  };
  return (
    <>
      <QuickBids amounts={view.current ? quickBids(view, bidding) : []} isOff={isOff} onBid={bid} />
      {/* noValidate: to the browser an amount between two steps would be no number */}
      <form className="bid-form" noValidate onSubmit={submit}>
        <NumberField.Root
          className="amount"
          value={cents / 100}
          min={0}
          step={bidding.incrementCents / 100}
          largeStep={(bidding.incrementCents * 5) / 100}
          onValueChange={(it) => setAmount(it === null ? null : Math.round(it * 100))}
          disabled={view.current === null}
          format={{ style: 'currency', currency: 'USD', minimumFractionDigits: 0 }}
        >
          <NumberField.Group className="amount-group">
            <NumberField.Decrement aria-label="One step less">−</NumberField.Decrement>
            <NumberField.Input aria-label="Your bid" />
            <NumberField.Increment aria-label="One step more">+</NumberField.Increment>
          </NumberField.Group>
        </NumberField.Root>
        <Button type="submit" className="primary bid-button" disabled={isOff || !isAffordable}>
          Bid {dollars(cents)}
        </Button>
        <Button
          type="button"
          className="maximum-button"
          disabled={!mayLead || isBusy || !isAffordable || inName !== null}
          onClick={() => void setMaximum()}
        >
          Bid for me up to {dollars(cents)}
        </Button>
        <p className="hint">
          {maximum === null ? 'Nobody else sees how far.' : `Your maximum: ${dollars(maximum)}`}
        </p>
        <StopBidding />
      </form>
      {mayDo(roleOf(view), 'nextLot') && (
        <label className="in-name">
          Bid in the name of
          <select
            value={inName ?? ''}
            onChange={(event) => {
              setInName(event.target.value === '' ? null : Number(event.target.value));
            }}
          >
            <option value="">myself</option>
            {view.members
              .filter((it) => it.number !== view.you && mayDo(it.role, 'placeBid'))
              .map((it) => (
                <option key={it.number} value={it.number}>
                  {it.name}
                </option>
              ))}
          </select>
        </label>
      )}
      <p className="bidding-note" role="status" data-refused={refusal !== null}>
        {statusText()}
      </p>
    </>
  );

  function statusText(): string {
    if (pending?.action === 'setMaximum') return 'Telling the server …';
    if (pending?.action === 'placeBid') return `Bidding ${dollars(pending.amount_cents)} …`;
    if (refusal) return refusalText(refusal);
    if (link !== 'live') return 'You cannot bid before the connection is back.';
    if (bidding.obstacle === 'high_bidder' && inName !== null) return 'They hold the high bid.';
    if (bidding.obstacle) return obstacleText(bidding.obstacle, bidding.minimumCents);
    if (!isAffordable)
      return `${inName === null ? 'You have' : 'They have'} ${dollars(bidding.mostCents)} left.`;
    return `At least ${dollars(bidding.minimumCents)}; ${inName === null ? 'you' : 'they'} have ${dollars(bidding.mostCents)} left.`;
  }
}

const PLACES = [0, 1, 2, 3];

interface QuickBidsProps {
  readonly amounts: readonly number[];
  readonly isOff: boolean;
  readonly onBid: (cents: number) => void;
}

/** Always the same number of buttons in the same places, so that nothing moves under a finger. */
function QuickBids({ amounts, isOff, onBid }: QuickBidsProps) {
  // What was on the button when the finger came down counts, not what it says when it goes up.
  const meant = useRef<number | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const place = event.altKey ? Number(event.code.replace('Digit', '')) - 1 : -1;
      const amount = amounts[place];
      if (amount === undefined || isOff) return;
      event.preventDefault();
      onBid(amount);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [amounts, isOff, onBid]);
  return (
    <div className="quick" role="group" aria-label="Quick bids">
      {PLACES.map((place) => {
        const amount = amounts[place];
        return (
          <Button
            key={place}
            type="button"
            disabled={isOff || amount === undefined}
            aria-keyshortcuts={`Alt+${place + 1}`}
            title={`Alt+${place + 1}`}
            onPointerDown={() => {
              meant.current = amount ?? null;
            }}
            onClick={(event) => {
              const chosen = event.detail > 0 ? meant.current : amount;
              meant.current = null;
              if (chosen != null) onBid(chosen);
            }}
          >
            {amount === undefined ? '–' : dollars(amount)}
          </Button>
        );
      })}
    </div>
  );
}
