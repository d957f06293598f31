/** The server's time, guessed from here. */

/** Round trips that are remembered: enough to meet a quick one, few enough to follow a drift. */
const SAMPLES = 8;
/** Machines of one server, and two roundings, differ by no more; more is another local clock. */
const SKEW_MS = 50;

/**
 * One look at the server's clock: server minus local time, wrong by at most half of `roundTripMs`
 * (NTP, RFC 5905 §8), which is Infinity where nobody knows.
 */
export interface ClockSample {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** The latest looks, oldest first. */
export type ServerClock = readonly ClockSample[];

/**
 * The clock after one more ping, sent and received by the local clock, and answered at `serverTimeMs`
 * in between. Samples that cannot be right if this one is are forgotten: the local clock stood still
 * meanwhile, as it does while a computer sleeps. One that took less than no time is left out.
 */
export function withPing(
  clock: ServerClock,
  sentMs: number,
  receivedMs: number,
  serverTimeMs: number,
): ServerClock {
  const roundTripMs = receivedMs - sentMs;
  if (roundTripMs < 0) return clock;
  const sample = { offsetMs: serverTimeMs - (sentMs + receivedMs) / 2, roundTripMs };
  return [...clock.filter((it) => isLike(it, sample)), sample].slice(-SAMPLES);
}

/** The clock after the server told its time, somewhat before `nowMs`; any ping knows better. */
export function withTold(clock: ServerClock, serverTimeMs: number, nowMs: number): ServerClock {
  const isKnown = clock.some((it) => it.roundTripMs < Infinity);
  return isKnown ? clock : [{ offsetMs: serverTimeMs - nowMs, roundTripMs: Infinity }];
}

/** The clock for a new connection: it may have been long until there was one, so that what is known
 * counts until anything else is. */
export function doubted(clock: ServerClock): ServerClock {
  return clock.length === 0 ? clock : [{ offsetMs: offsetMs(clock), roundTripMs: Infinity }];
}

/** Server minus local time in ms, by the quickest of the latest pings; 0 before anything is known. */
export function offsetMs(clock: ServerClock): number {
  const [first, ...others] = clock;
  if (!first) return 0;
  return others.reduce((best, it) => (it.roundTripMs < best.roundTripMs ? it : best), first)
    .offsetMs;
}

function isLike(one: ClockSample, other: ClockSample): boolean {
  const apartMs = Math.abs(one.offsetMs - other.offsetMs);
  return apartMs <= (one.roundTripMs + other.roundTripMs) / 2 + SKEW_MS;
}
