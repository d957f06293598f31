import { type ReactNode, useEffect, useId, useState, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { useApp } from '../app-context';
import { Confirm } from '../ui/confirm';
import { auctionLine } from './browser';
import type { Serving } from './line';
import { aheadOf, progressOf, waitMsOf } from './standing';
import { Waiter, type Phase, type Waiting } from './waiter';
import { aheadText, keptText, people, timeText, waitText } from './words';
import './waiting.css';

interface WaitingPageProps {
  readonly auctionId: string;
  readonly title: string;
  /** Called with a ticket as soon as there is one: the page turns into the room. */
  readonly onAdmitted: (ticket: string) => void;
}

/** The line in front of a room that is full, for as long as this is shown. */
export default function WaitingPage({ auctionId, title, onAdmitted }: WaitingPageProps) {
  const waiter = useWaiter(auctionId, onAdmitted);
  const waiting = useSyncExternalStore(waiter.subscribe, waiter.getSnapshot);
  const ahead = aheadOf(waiting);
  useEffect(() => {
    const start = waiting.phase === 'waiting' && ahead !== null ? `${ahead} ahead · ` : '';
    document.title = `${start}${title} · Calcutta`;
  }, [title, ahead, waiting.phase]);
  return (
    <>
      <header className="bar">
        <Link href="/">Leagues</Link>
        <h1>{title}</h1>
      </header>
      <main className="waiting">
        <section className="card" aria-label="Your place in the line">
          <Now waiting={waiting} />
          {waiting.trouble && waiting.phase !== 'refused' && (
            <p className="notice">{waiting.trouble} Trying again.</p>
          )}
          <Acts waiter={waiter} phase={waiting.phase} />
        </section>
        {waiting.phase === 'waiting' && <Expect waiting={waiting} />}
      </main>
      <p className="hidden" role="status" aria-live="polite" data-testid="line-announced">
        {announcement(waiting)}
      </p>
    </>
  );
}

function useWaiter(auctionId: string, onAdmitted: (ticket: string) => void): Waiter {
  const { session } = useApp();
  const [waiter] = useState(
    () =>
      new Waiter({
        line: auctionLine(session, auctionId),
        onAdmitted,
        isSeen: () => document.visibilityState === 'visible',
        random: Math.random,
      }),
  );
  useEffect(() => {
    const wake = () => waiter.wake();
    const wakeIfSeen = () => document.visibilityState === 'visible' && waiter.wake();
    waiter.start();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wakeIfSeen);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wakeIfSeen);
      waiter.stop();
    };
  }, [waiter]);
  return waiter;
}

const HEADINGS: Readonly<Record<Phase, string>> = {
  joining: 'The room is full. Finding you a place in the line …',
  waiting: 'You are in the line',
  admitted: 'It is your turn: the room opens …',
  expired: 'Your seat went to the next in the line',
  left: 'You left the line',
  not_open: 'The line is not open yet',
  closed: 'The line is closed',
  refused: 'There is no way in',
};

function Now({ waiting }: { readonly waiting: Waiting }) {
  const { phase, serving, trouble } = waiting;
  return (
    <>
      <h2>{HEADINGS[phase]}</h2>
      {phase === 'waiting' && <Place waiting={waiting} />}
      {phase === 'expired' && (
        <p>
          {serving && `It was kept for ${keptText(serving.seat_claim_ms)}. `}
          You can join again, at the end.
        </p>
      )}
      {phase === 'not_open' && serving && (
        <p>
          It opens at {timeText(serving.gather_at_ms, serving.now_ms)}. Stay here: you join it then.
        </p>
      )}
      {phase === 'closed' && <p>Nobody else is let into this auction.</p>}
      {phase === 'refused' && <p role="alert">{trouble}</p>}
    </>
  );
}

function Place({ waiting }: { readonly waiting: Waiting }) {
  const { turn, serving } = waiting;
  const ahead = aheadOf(waiting);
  const progress = progressOf(waiting);
  const label = useId();
  if (turn?.place == null || ahead === null || !serving) return <Undrawn waiting={waiting} />;
  return (
    <>
      {serving.status === 'paused' && (
        <p className="notice">Nobody is let in at the moment. Your place is kept.</p>
      )}
      <dl className="waiting-facts">
        <Fact name="Your place">{turn.place.toLocaleString('en-US')}</Fact>
        <Fact name="Ahead of you">{ahead === 0 ? 'nobody' : people(ahead)}</Fact>
        <Fact name="Expected wait">{waitText(waitMsOf(waiting))}</Fact>
      </dl>
      <p id={label} className="label">
        How far the line has come
      </p>
      <progress aria-labelledby={label} max={1} value={progress ?? 0} />
    </>
  );
}

/** Before there is a place: the doors are shut, or it takes another moment. */
function Undrawn({ waiting: { serving, turn } }: { readonly waiting: Waiting }) {
  if (!serving) return <p>Your place is being counted …</p>;
  const isDrawn = serving.seed !== null;
  return (
    <>
      {serving.status === 'paused' && <p className="notice">The line is paused for the moment.</p>}
      <dl className="waiting-facts">
        {!isDrawn && (
          <Fact name="Doors open at">{timeText(serving.doors_at_ms, serving.now_ms)}</Fact>
        )}
        <Fact name="Waiting with you">{people(serving.waiting)}</Fact>
        {turn?.number != null && (
          <Fact name="Your number">{turn.number.toLocaleString('en-US')}</Fact>
        )}
      </dl>
      <p>{undrawnText(serving)}</p>
    </>
  );
}

function undrawnText({ seed, doors_at_ms, now_ms }: Serving): string {
  if (seed !== null) return 'You have a place. Which one is being counted …';
  if (now_ms >= doors_at_ms)
    return 'Everybody who came in time is being counted, which may take up to three minutes. Then the order is drawn by lot.';
  return 'You came in time: everybody who is here before the doors open has the same chance.';
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="label">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Acts({ waiter, phase }: { readonly waiter: Waiter; readonly phase: Phase }) {
  if (phase === 'waiting') {
    return (
      <div className="acts">
        <Confirm
          trigger={<button type="button">Leave the line</button>}
          title="Leave the line?"
          act="Leave the line"
          onConfirm={() => void waiter.leave()}
        >
          Your place goes to the others. If you join again, you start at the end.
        </Confirm>
      </div>
    );
  }
  if (phase === 'expired' || phase === 'left') {
    return (
      <div className="acts">
        <button type="button" className="primary" onClick={() => waiter.join()}>
          Join again
        </button>
        <Link href="/">Back to my leagues</Link>
      </div>
    );
  }
  return null;
}

function Expect({ waiting: { serving } }: { readonly waiting: Waiting }) {
  return (
    <section className="card" aria-label="What to expect">
      <h2>What to expect</h2>
      <ul className="waiting-notes">
        <li>
          Who was here before the doors opened is called in an order drawn by lot; who came later,
          in the order of arrival.
        </li>
        <li>When it is your turn, this page turns into the room by itself. Leave it open.</li>
        {serving && (
          <li>
            Your seat is then kept for {keptText(serving.seat_claim_ms)}. After that it goes to the
            next one.
          </li>
        )}
        <li>You may reload the page, or go on with another device: you have one place.</li>
        {serving?.seed && (
          <li>
            <small>
              The order was drawn from the number <code>{serving.seed}</code>; anyone can compute
              it.
            </small>
          </li>
        )}
      </ul>
    </section>
  );
}

/** What those who listen are told; the same text is not said again. */
function announcement(waiting: Waiting): string {
  const { phase, serving } = waiting;
  if (phase !== 'waiting') return HEADINGS[phase];
  if (serving?.status === 'paused') return 'The line is paused. Your place is kept.';
  return aheadText(aheadOf(waiting)) || HEADINGS.waiting;
}
