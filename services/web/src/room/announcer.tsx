import { useEffect, useState } from 'react';
import { dollars } from '../auction/money';
import { goingOf, useRemainingMs } from './countdown';
import { useView } from './room-context';
import { lotTitle, memberName } from './words';

/** Bids that follow each other faster than this are told as one: the last. */
const SETTLE_MS = 700;
/** The seconds that are called out. */
const CALLED = [30, 10, 5];

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
  const text = useView((view) => {
    const { current } = view;
    const lot = current && view.lots.find((it) => it.lot_id === current.lot_id);
    if (!current || !lot) return '';
    if (current.high_bidder == null) return `${lotTitle(lot)} is up.`;
    const who =
      current.high_bidder === view.you ? 'you' : memberName(view.members, current.high_bidder);
    return `${dollars(current.high_cents ?? 0)}, ${who}.`;
  });
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
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
