import { type CSSProperties, memo } from 'react';
import { dollars } from '../auction/money';
import { BetweenLots } from './between-lots';
import { useRoom, useView } from './room-context';
import { clockText, goingOf, useRemainingMs } from './countdown';
import { lotTitle, memberName, regionsOf, seedsOf, teamsOf } from './words';

/** How long a text is, for styles that make it as large as fits. */
const lengthOf = (text: string) => ({ '--chars': text.length }) as CSSProperties;

/** What is being auctioned, for how much, to whom, and for how long. */
export function CurrentLot() {
  const lot = useView((view) => view.lots.find((it) => it.lot_id === view.current?.lot_id));
  return (
    <section className="stage" aria-labelledby="current-lot">
      {lot ? (
        <>
          <header className="stage-lot">
            <p className="stage-facts">
              {seedsOf(lot)} · {regionsOf(lot)}
            </p>
            <h2 id="current-lot" style={lengthOf(lotTitle(lot))}>
              {lotTitle(lot)}
            </h2>
            {!lotTitle(lot).includes(teamsOf(lot)) && <p className="stage-teams">{teamsOf(lot)}</p>}
          </header>
          <HighBid />
          <Countdown />
        </>
      ) : (
        <BetweenLots />
      )}
    </section>
  );
}

const HighBid = memo(function HighBid() {
  const cents = useView((view) => view.current?.high_cents ?? null);
  const bidder = useView((view) => view.current?.high_bidder ?? null);
  const minimum = useView((view) => view.current?.minimum_cents ?? 0);
  const you = useView((view) => view.you);
  const members = useView((view) => view.members);
  const isMine = bidder !== null && bidder === you;
  const price = dollars(cents ?? minimum);
  return (
    <div className="stage-bid" data-mine={isMine}>
      <p className="label">{cents === null ? 'Opening bid' : 'High bid'}</p>
      <p className="stage-price" style={lengthOf(price)} data-testid="price">
        {price}
      </p>
      <p className="stage-bidder" data-testid="bidder">
        {cents === null ? 'no bid yet' : isMine ? 'You' : memberName(members, bidder)}
      </p>
    </div>
  );
});

const Countdown = memo(function Countdown() {
  const remaining = useRemainingMs();
  const isPaused = useView((view) => view.status === 'paused');
  const extension = useView((view) => view.rules?.extension_ms ?? 0);
  const clock = useView((view) => view.rules?.clock_ms ?? 1);
  const hasBid = useView((view) => view.current?.high_bidder != null);
  const isLive = useRoom(({ link }) => link.state === 'live');
  if (remaining === null) return null;
  const going = isPaused ? null : goingOf(remaining, extension, hasBid);
  const share = Math.min(1, remaining / Math.max(clock, extension, 1));
  return (
    <div className="clock" data-going={going ?? 'no'} data-paused={isPaused} data-live={isLive}>
      <p className="label">{isPaused ? 'Stopped at' : 'Time left'}</p>
      {/* The live region of the room says the time; this one would say it ten times a second. */}
      <p className="clock-time" role="timer" aria-live="off" data-testid="clock">
        {clockText(remaining)}
      </p>
      <div className="clock-bar" aria-hidden="true">
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
      <p className="going">
        {remaining === 0 ? 'Time is up' : going === null ? ' ' : `Going ${going} …`}
      </p>
    </div>
  );
});
