/** A crowd that comes in a moment and is numbered in order: some of its pages stand for all of them. */
import type { Serving, Turn } from '../../src/line/line';
import { type Lot, numberInMs, pauseMs } from '../../src/line/pace';
import { OPEN, WAITING } from './line';

export interface Burst {
  readonly people: number;
  readonly comeMs: number;
  readonly numberedPerS: number;
  /** One shard of four is late by this. */
  readonly lateMs?: number;
}

export interface Asked {
  /** Questions for one's own record that reach the origin in a second, at most, over ten seconds. */
  readonly mostPerS: number;
  /** Questions for it by each. */
  readonly each: number;
  /** When the last of all had their number. */
  readonly knownAtMs: number;
}

const PAGES = 20_000;
const SHARDS = 4;
/** How long a number takes where nobody else comes, and how old an answer of the edge may be. */
const NUMBERED_MS = 1_500;
const KEPT_MS = 1_000;
const WINDOW_MS = 10_000;
const LONGEST_MS = 2 * 3_600_000;

export function askedBy(burst: Burst): Asked {
  const random = dice(20_261_121);
  const windows: number[] = [];
  let knownAtMs = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const looks = looksOf(burst, page, random);
    for (const at of looks) {
      const window = Math.floor(at / WINDOW_MS);
      windows[window] = (windows[window] ?? 0) + burst.people / PAGES;
    }
    knownAtMs = Math.max(knownAtMs, looks.at(-1) ?? Infinity);
  }
  const counts = Array.from(windows, (it) => it ?? 0);
  const all = counts.reduce((sum, it) => sum + it, 0);
  return {
    mostPerS: (Math.max(...counts) * 1_000) / WINDOW_MS,
    each: all / burst.people,
    knownAtMs,
  };
}

/** When one page asked for its own record, until it had its number. */
function looksOf(burst: Burst, page: number, random: () => number): number[] {
  const joinedAtMs = (page / PAGES) * burst.comeMs;
  const late = page % SHARDS === 0 ? (burst.lateMs ?? 0) : 0;
  const inOrderMs = (((page / PAGES) * burst.people) / burst.numberedPerS) * 1_000;
  const numberedAtMs = Math.max(joinedAtMs, inOrderMs) + NUMBERED_MS + late;
  const turn: Turn = { ...WAITING, joined_at_ms: joinedAtMs };
  const share = random();
  let missedAtMs: number | null = null;
  const looks = [];
  for (let now = joinedAtMs; now < LONGEST_MS;) {
    const serving = servingAt(burst, Math.max(0, now - KEPT_MS * random()));
    const lot: Lot = { share, missedAtMs };
    if (now > joinedAtMs && numberInMs({ turn, serving }, lot) === 0) {
      looks.push(now);
      if (now >= numberedAtMs) return looks;
      missedAtMs = serving.now_ms;
    }
    now += pauseMs({ turn, serving }, lot, true, random);
  }
  return looks;
}

function servingAt({ people, comeMs, numberedPerS }: Burst, now_ms: number): Serving {
  const before = Math.max(0, now_ms - NUMBERED_MS);
  const came = Math.min(1, before / comeMs) * people;
  const waiting = Math.floor(Math.min(came, (before / 1_000) * numberedPerS));
  const numbered_until_ms = Math.floor((waiting / people) * comeMs);
  return { ...OPEN, now_ms, waiting, numbered_until_ms };
}

/** The same throws each time: a linear congruential generator, that of Numerical Recipes. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
