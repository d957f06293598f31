/** Where one stands: computed here, from one's own number and what everybody may read. */
import type { Range, Serving, Turn } from './line';
import { placeOf } from './permutation';

const MINUTE_MS = 60_000;

/** One's own turn beside how far the line is. */
export interface Standing {
  readonly turn: Turn | null;
  readonly serving: Serving | null;
}

/** People whose turn comes before; 0 is next, and null that there is no place yet. */
export function aheadOf({ turn, serving }: Standing): number | null {
  if (turn?.place == null || !serving) return null;
  return Math.max(0, turn.place - serving.served - 1);
}

/** Whether the line has come to one's place, so that one's own record says something new. */
export function isDue({ turn, serving }: Standing): boolean {
  return turn?.place != null && serving !== null && serving.served >= turn.place;
}

/** How far the line has come on the way to one's place, from 0 to 1. */
export function progressOf({ turn, serving }: Standing): number | null {
  if (turn?.place == null || !serving) return null;
  return Math.min(1, serving.served / turn.place);
}

/** How long it probably takes yet; null if nobody knows, or the line stands still. */
export function waitMsOf(standing: Standing): Range | null {
  const ahead = aheadOf(standing);
  const { serving } = standing;
  if (ahead === null || serving?.status !== 'open' || !serving.per_minute) return null;
  const { low, high } = serving.per_minute;
  if (low <= 0) return null;
  return { low: (ahead / high) * MINUTE_MS, high: (ahead / low) * MINUTE_MS };
}

/** The same turn with its place, as soon as that can be known. */
export async function placed(turn: Turn, { seed, early }: Serving): Promise<Turn> {
  if (turn.number === null || turn.place !== null) return turn;
  if (seed === null || early === null) return turn;
  const place = turn.early
    ? 1 + (await placeOf(turn.number - 1, early, seed))
    : early + turn.number;
  return { ...turn, place };
}

/**
 * What is known after another answer. Answers may come out of order, from caches that are not of the
 * same age; a line never goes back.
 */
export function later(known: Serving | null, told: Serving): Serving {
  if (!known) return told;
  const newer = told.now_ms < known.now_ms ? known : told;
  return { ...newer, served: Math.max(known.served, told.served) };
}
