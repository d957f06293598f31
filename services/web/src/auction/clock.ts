/** The server's time, guessed from here. */

/** Round trips that are remembered: enough to meet a quick one, few enough to follow a drift. */
const SAMPLES = 8;

/** One ping: sent and received by the local clock, answered at `serverTimeMs` in between. */
export interface ClockSample {
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly serverTimeMs: number;
}

/** The latest round trips, oldest first. */
export type ServerClock = readonly ClockSample[];

const roundTripMs = (sample: ClockSample) => sample.receivedMs - sample.sentMs;

/**
 * The clock after one more ping. One that took less than no time tells of a local clock that was
 * set in between, and is left out.
 */
export function withSample(clock: ServerClock, sample: ClockSample): ServerClock {
  return roundTripMs(sample) < 0 ? clock : [...clock, sample].slice(-SAMPLES);
}

/**
 * Server minus local time in ms, by the quickest of the latest pings; wrong by at most half its
 * round trip (NTP, RFC 5905 §8). 0 before the first ping.
 */
export function offsetMs(clock: ServerClock): number {
  const [first, ...others] = clock;
  if (!first) return 0;
  const quickest = others.reduce(
    (best, it) => (roundTripMs(it) < roundTripMs(best) ? it : best),
    first,
  );
  return quickest.serverTimeMs - (quickest.sentMs + quickest.receivedMs) / 2;
}
