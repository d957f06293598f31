import { useEffect, useState } from 'react';
import type { Following } from '../auction/following';
import { dollars } from '../auction/money';
import type { AuctionView } from '../auction/view';
import type { Event } from '../protocol/messages';
import { goingOf, useRemainingMs } from './countdown';
import { useRoom, useView } from './room-context';
import { eventText, lotTitle, memberName } from './words';

/** Bids that follow each other faster than this are told as one: the last. */
const SETTLE_MS = 700;
/** The seconds that are called out. */
const CALLED = [30, 10, 5];
/** What is told once no lot is up. */
const ENDS: ReadonlySet<Event['type']> = new Set([
  'lot_sold',
  'lot_passed',
  'lot_reset',
  'auction_closed',
  'auction_reopened',
]);

/** Says to those who listen what others see: the price when it has settled, the time now and then. */
export function Announcer() {
  return (
    <div className="hidden">
      <div role="status" aria-live="polite" data-testid="price-announced">
        <Price />
      </div>
      <div role="status" aria-live="polite">
        <Time />
      </div>
    </div>
  );
}

function Price() {
  const isUp = useView((view) => view.current !== null);
  const price = useView(priceText);
  const end = useRoom(({ following }) => endText(following));
  const text = isUp ? price : end;
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(text), isUp ? SETTLE_MS : 0);
    return () => clearTimeout(timer);
  }, [text, isUp]);
  return said;
}

function priceText({ current, lots, members, you }: AuctionView): string {
  const lot = current && lots.find((it) => it.lot_id === current.lot_id);
  if (!current || !lot) return '';
  if (current.high_bidder == null) return `${lotTitle(lot)} is up.`;
  const who = current.high_bidder === you ? 'you' : memberName(members, current.high_bidder);
  return `${dollars(current.high_cents ?? 0)}, ${who}.`;
}

/** How the last lot ended, or the auction. */
function endText({ view, log }: Following): string {
  const end = log.entries.findLast(({ event }) => ENDS.has(event.type));
  return end ? `${eventText(end.event, view)}.` : '';
}

function Time() {
  const remaining = useRemainingMs();
  const isPaused = useView((view) => view.status === 'paused');
  const extension = useView((view) => view.rules?.extension_ms ?? 0);
  const hasBid = useView((view) => view.current?.high_bidder != null);
  if (remaining === null) return '';
  if (isPaused) return 'The clock is stopped.';
  if (remaining === 0) return 'Time is up.';
  const going = goingOf(remaining, extension, hasBid);
  if (going) return `Going ${going}.`;
  const called = CALLED.findLast((it) => remaining <= it * 1000);
  return called === undefined ? '' : `${called} seconds.`;
}
