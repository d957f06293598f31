/** What each event does to the picture; the page's mirror of the server's rules. */
import type { CurrentLot, Event, LotState } from '../protocol/messages';
import type { AuctionView } from './view';

/** The view after the event that is next in order (`view.seq` + 1). */
export function advance(view: AuctionView, event: Event): AuctionView {
  const after = { ...view, seq: view.seq + 1 };
  switch (event.type) {
    case 'auction_opened':
    case 'auction_reopened':
      return { ...after, status: 'open' };
    case 'auction_closed':
      return { ...after, status: 'closed' };
    case 'lot_opened': {
      const current = {
        lot_id: event.lot_id,
        minimum_cents: event.minimum_cents,
        rules_version: event.rules_version,
        base_deadline_ms: event.deadline_ms,
      };
      return withLot(
        { ...after, status: 'bidding', current },
        { lot_id: event.lot_id, status: 'up', seq: after.seq },
      );
    }
    case 'lot_sold': {
      const { lot_id, owner, price_cents } = event;
      const lot: LotState = { lot_id, status: 'sold', seq: after.seq, owner, price_cents };
      return withLot(paid(ended(after), owner, price_cents), lot);
    }
    case 'lot_passed':
      return withLot(ended(after), { lot_id: event.lot_id, status: 'passed', seq: after.seq });
    case 'lot_reset': {
      const { lot_id, owner, refund_cents } = event;
      const without = after.current?.lot_id === lot_id ? ended(after) : after;
      const refunded = owner == null ? without : paid(without, owner, -(refund_cents ?? 0));
      return withLot(refunded, { lot_id, status: 'unsold', seq: after.seq });
    }
    case 'bid_placed':
      return withCurrent(after, {
        high_bidder: event.bidder,
        high_cents: event.amount_cents,
        minimum_cents: event.minimum_cents,
        extended_to_ms: event.extended_to_ms,
        your_maximum_cents: leftOfMaximum(after, event.bidder, event.amount_cents),
      });
    case 'maximum_set':
      // how far it is now, the snapshot tells its owner
      return event.bidder === after.you ? withCurrent(after, { your_maximum_cents: null }) : after;
    case 'auto_next_set':
      return { ...after, autoNextMs: event.after_ms ?? null };
    case 'bid_undone':
      return withCurrent(after, {
        high_bidder: event.high_bidder ?? null,
        high_cents: event.high_cents ?? null,
        minimum_cents: event.minimum_cents,
        extended_to_ms: event.extended_to_ms,
        your_maximum_cents: null,
      });
    case 'clock_reset':
    case 'resumed':
      return withCurrent(
        after,
        { base_deadline_ms: event.deadline_ms, extended_to_ms: 0, remaining_ms: null },
        'bidding',
      );
    case 'paused':
      return withCurrent(
        after,
        { base_deadline_ms: null, remaining_ms: event.remaining_ms },
        'paused',
      );
    default:
      return unknown(after, event);
  }
}

/** My maximum as far as it is known, while the high bid is mine and below it. */
function leftOfMaximum({ you, current }: AuctionView, bidder: number, cents: number) {
  const known = current?.your_maximum_cents ?? 0;
  return bidder === you && known > cents ? known : null;
}

/** An event that the protocol did not have when this page was made. */
function unknown(view: AuctionView, _event: never): AuctionView {
  return { ...view, stale: true };
}

function withCurrent(
  view: AuctionView,
  change: Partial<CurrentLot>,
  status = view.status,
): AuctionView {
  if (view.current === null) return view;
  return { ...view, status, current: { ...view.current, ...change } };
}

function ended(view: AuctionView): AuctionView {
  return { ...view, status: 'open', current: null };
}

function withLot(view: AuctionView, lot: LotState): AuctionView {
  return { ...view, lotStates: { ...view.lotStates, [lot.lot_id]: lot } };
}

function paid(view: AuctionView, member: number, cents: number): AuctionView {
  const { [member]: before = 0, ...others } = view.spent;
  const now = before + cents;
  return { ...view, spent: now === 0 ? others : { ...others, [member]: now } };
}
