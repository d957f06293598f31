/**
 * When a page asks again how far the line is, and when for its own number. The first is answered by
 * caches, the second by the origin: so all pages together ask for it at a pace that does not grow with
 * the crowd.
 */
import { aheadOf, type Standing, waitMsOf } from './standing';

export const SHORTEST_MS = 2_000;
export const LONGEST_MS = 25_000;

const SPREAD_MS = 3_000;
/** What is this far away, or nearer, is asked for as often as anything is; */
const NEAR_MS = 12_000;
/** what is further away less often, up to this many times: an offered seat waits. */
const SLOWEST = 5;

/** Who has just joined has a number in a moment, and looks after this, and */
const NEW_MS = SHORTEST_MS;
/** this long at most. */
const NEW_SPREAD_MS = 1_000;

/** No line lets in more people a second for long. */
const FASTEST_PER_S = 100;

/** Numbers that all pages together ask for in a second, at most: half of what the origin takes. */
export const ASKED_PER_S = 2_500;

/** Whom the line has not come to number after such a time may have been lost: asking finds them. */
export const LOST_MS = 600_000;

/** What decides when this page asks for its number. */
export interface Lot {
  /** Even in [0, 1): which part of the others comes first. */
  readonly share: number;
  /** When there was none yet, by the line's clock; null: it was not asked for. */
  readonly missedAtMs: number | null;
}

/**
 * Milliseconds until this page asks for its number; 0 is now, and Infinity that it has one.
 *
 * It asks when the line has numbered those who joined when it did, so that one question will do; and
 * not before a part of the time has passed in which all who wait could ask, one after the other. A
 * part that is drawn by each: so however fast they came and are numbered, they are as many a second
 * as `ASKED_PER_S`, and in a short line nobody waits for it.
 */
export function numberInMs({ turn, serving }: Standing, { share, missedAtMs }: Lot): number {
  if (turn?.joined_at_ms == null || turn.number !== null || !serving) return Infinity;
  const everybodyMs = (serving.waiting / ASKED_PER_S) * 1_000;
  const isCounted = serving.numbered_until_ms >= turn.joined_at_ms;
  const countedMs = (missedAtMs === null ? share : 1 + share) * everybodyMs;
  const afterMs = isCounted ? countedMs : LOST_MS * (0.5 + share);
  return Math.max(0, (missedAtMs ?? turn.joined_at_ms) + afterMs - serving.now_ms);
}

/**
 * Milliseconds until the next question: 2 to 5 s when something is near, up to five times as much when
 * it is far, or questions keep failing, so that a long line asks less. The dice keep people from asking
 * in step. A page that nobody looks at asks as if all were far, unless its turn is near: then it must
 * hear of it while the seat waits. `random` is even in [0, 1); `failures` are those in a row.
 */
export function pauseMs(
  standing: Standing,
  lot: Lot,
  isSeen: boolean,
  random: () => number,
  failures = 0,
): number {
  if (isNew(standing) && failures === 0) return SHORTEST_MS + NEW_SPREAD_MS * random();
  const expected = expectedMs(standing, lot);
  const isNear = aheadOf(standing) !== null && expected < SLOWEST * NEAR_MS;
  const slowness = isSeen || isNear ? Math.max(2 ** failures, expected / NEAR_MS) : SLOWEST;
  const pause = Math.min(SLOWEST, slowness) * (SHORTEST_MS + SPREAD_MS * random());
  const seatMs = isNear ? (standing.serving?.seat_claim_ms ?? Infinity) : Infinity;
  return Math.min(pause, Math.max(SHORTEST_MS, seatMs / 2));
}

function isNew({ turn, serving }: Standing): boolean {
  if (turn?.joined_at_ms == null || turn.number !== null || !serving) return false;
  return serving.now_ms - turn.joined_at_ms < NEW_MS;
}

/** How far away the next thing is: one's number, the line's beginning, the doors, one's place, one's
 * turn; 0 if that is unknown. */
function expectedMs(standing: Standing, lot: Lot): number {
  const { turn, serving } = standing;
  if (!serving) return 0;
  const { gather_at_ms, doors_at_ms, now_ms } = serving;
  if (turn?.joined_at_ms != null && turn.number === null) {
    // nobody knows how long: it was not there for so long, it may take as long again
    return Math.min(numberInMs(standing, lot), now_ms - turn.joined_at_ms);
  }
  if (now_ms < gather_at_ms) return gather_at_ms - now_ms;
  if (now_ms < doors_at_ms) return doors_at_ms - now_ms;
  const ahead = aheadOf(standing) ?? serving.waiting;
  return waitMsOf(standing)?.low ?? (ahead / FASTEST_PER_S) * 1_000;
}
