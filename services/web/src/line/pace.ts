/** When to ask again how far the line is. */
import { type Standing, waitMsOf } from './standing';

export const SHORTEST_MS = 2_000;
export const LONGEST_MS = 25_000;

const SPREAD_MS = 3_000;
/** What is this far away, or nearer, is asked for as often as anything is; */
const NEAR_MS = 12_000;
/** what is further away less often, up to this many times: an offered seat waits for a minute. */
const SLOWEST = 5;

/**
 * Milliseconds until the next question: 2 to 5 s when something is near, up to five times as much when
 * it is far, or questions keep failing, so that a long line asks less. The dice keep people from asking
 * in step. A page that nobody looks at asks as if all were far. `random` is even in [0, 1); `failures`
 * are those in a row.
 */
export function pauseMs(
  standing: Standing,
  isSeen: boolean,
  random: () => number,
  failures = 0,
): number {
  const slowness = isSeen ? Math.max(2 ** failures, expectedMs(standing) / NEAR_MS) : SLOWEST;
  return Math.min(SLOWEST, slowness) * (SHORTEST_MS + SPREAD_MS * random());
}

/** How far away the next thing is: one's number, the line's beginning, the doors, one's turn; 0 if
 * that is unknown. */
function expectedMs(standing: Standing): number {
  const { turn, serving } = standing;
  if (!serving || turn?.number === null) return 0;
  const { gather_at_ms, doors_at_ms, now_ms } = serving;
  if (now_ms < gather_at_ms) return gather_at_ms - now_ms;
  if (now_ms < doors_at_ms) return doors_at_ms - now_ms;
  return waitMsOf(standing)?.low ?? 0;
}
