import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Serving } from '../../src/line/line';
import {
  ASKED_PER_S,
  LONGEST_MS,
  LOST_MS,
  type Lot,
  numberInMs,
  pauseMs,
  SHORTEST_MS,
} from '../../src/line/pace';
import { FIFTH, OPEN, WAITING } from '../fakes/line';
import { askedBy } from '../fakes/crowd';

const HOUR_MS = 3_600_000;
const LOT: Lot = { share: 0.5, missedAtMs: null };
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const servings = fc
  .record({
    served: fc.nat(10_000),
    now_ms: fc.nat(2 * HOUR_MS),
    gather_at_ms: fc.nat(HOUR_MS),
    doors_at_ms: fc.nat(2 * HOUR_MS),
    status: fc.constantFrom('gathering', 'open', 'paused'),
    per_minute: fc.option(
      fc.record({ low: fc.integer({ min: 1, max: 9 }), high: fc.integer({ min: 9, max: 999 }) }),
    ),
  })
  .map((told): Serving => ({ ...OPEN, ...(told as Partial<Serving>) }));

/** The longest pause of who joined at 1 and is not counted yet. */
const uncountedMs = (now_ms: number) => {
  const serving = { ...OPEN, numbered_until_ms: 0, doors_at_ms: HOUR_MS, now_ms };
  return pauseMs({ turn: { ...WAITING, joined_at_ms: 1 }, serving }, LOT, true, () => 1);
};

/** The shortest pause of the ten thousandth; and of one whom nobody looks at. */
const farMs = (serving: Serving) =>
  pauseMs({ turn: { ...FIFTH, place: 10_000 }, serving }, LOT, true, () => 0);

const hiddenMs = (place: number) =>
  pauseMs({ turn: { ...FIFTH, place }, serving: OPEN }, LOT, false, () => 0);

const inMs = (serving: Partial<Serving>, lot: Partial<Lot> = {}) => {
  const turn = { ...WAITING, joined_at_ms: 10_000 };
  const told = { ...OPEN, now_ms: 12_000, numbered_until_ms: 10_000, ...serving };
  return numberInMs({ turn, serving: told }, { ...LOT, ...lot });
};

describe('the pause until the next question', () => {
  test('is never shorter or longer than it may be', () => {
    fc.assert(
      fc.property(
        fc.option(servings),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.boolean(),
        dice,
        fc.nat(2_000),
        (serving, place, isSeen, random, failures) => {
          const pause = pauseMs(
            { turn: { ...FIFTH, place }, serving },
            LOT,
            isSeen,
            () => random,
            failures,
          );
          expect(pause).toBeGreaterThanOrEqual(SHORTEST_MS);
          expect(pause).toBeLessThanOrEqual(LONGEST_MS);
        },
      ),
    );
  });

  test('is 2 to 5 seconds when one is nearly there, and spread evenly', () => {
    const standing = { turn: FIFTH, serving: OPEN };
    const pauses = [0, 0.5, 1].map((it) => pauseMs(standing, LOT, true, () => it));
    expect(pauses).toEqual([2_000, 3_500, 5_000]);
  });

  test('grows with what is waited for: one’s turn, the doors, the line', () => {
    const slow: Serving = { ...OPEN, per_minute: { low: 1, high: 10 } };
    const turn = { ...FIFTH, place: 1_000 };
    const pause = (serving: Serving) => pauseMs({ turn, serving }, LOT, true, () => 0);
    expect(pause(slow)).toBe(10_000);
    expect(pause({ ...slow, served: 993 })).toBe(6_000);
    expect(pause({ ...slow, served: 999 })).toBe(2_000);
    expect(pause({ ...OPEN, doors_at_ms: HOUR_MS })).toBe(10_000);
    expect(pause({ ...OPEN, gather_at_ms: HOUR_MS, doors_at_ms: 2 * HOUR_MS })).toBe(10_000);
  });

  test('is short for who has just come, and grows while they are not counted', () => {
    expect([1, 6_001, 30_001, 90_001].map(uncountedMs)).toEqual([3_000, 5_000, 12_500, 25_000]);
  });

  test('is long in a long line whose pace nobody knows yet, or that stands still', () => {
    expect(farMs({ ...OPEN, per_minute: null })).toBe(10_000);
    expect(farMs({ ...OPEN, status: 'paused' })).toBe(10_000);
  });

  test('grows with every question that fails', () => {
    const pauses = [0, 1, 2, 3].map((it) =>
      pauseMs({ turn: FIFTH, serving: OPEN }, LOT, true, () => 0, it),
    );
    expect(pauses).toEqual([2_000, 4_000, 8_000, 10_000]);
  });

  test('grows also if all fails from the moment one has joined', () => {
    const serving = { ...OPEN, numbered_until_ms: 0, now_ms: 1_500 };
    const pauses = [0, 1, 2, 3].map((failures) =>
      pauseMs({ turn: WAITING, serving }, LOT, true, () => 0, failures),
    );
    expect(pauses).toEqual([2_000, 4_000, 8_000, 10_000]);
  });

  test('is long where nobody looks, unless the turn is near', () => {
    expect(hiddenMs(100_000)).toBe(10_000);
    expect(hiddenMs(5)).toBe(2_000);
  });

  test('is at most half of what a seat waits when the turn is near, seen or not', () => {
    const serving: Serving = { ...OPEN, seat_claim_ms: 10_000, per_minute: { low: 1, high: 60 } };
    for (const place of [1, 20, 50]) {
      const standing = { turn: { ...FIFTH, place }, serving };
      expect(pauseMs(standing, LOT, false, () => 1, 3)).toBeLessThanOrEqual(5_000);
      expect(pauseMs(standing, LOT, true, () => 1, 3)).toBeLessThanOrEqual(5_000);
    }
    expect(LONGEST_MS).toBeLessThan(60_000 / 2);
  });
});

describe('one’s number is asked for', () => {
  test('at once in a short line, as soon as those are counted who came then', () => {
    expect(inMs({ waiting: 5 })).toBe(0);
    expect(inMs({ waiting: 5, numbered_until_ms: 9_999 })).toBeGreaterThan(0);
  });

  test('after one’s part of the time that all who wait take together', () => {
    const waiting = 100 * ASKED_PER_S;
    expect(inMs({ waiting })).toBe(48_000);
    expect(inMs({ waiting }, { share: 0.9 })).toBe(88_000);
    expect(inMs({ waiting, now_ms: 60_000 })).toBe(0);
  });

  test('once more after all the others, if it was not there', () => {
    const waiting = 100 * ASKED_PER_S;
    expect(inMs({ waiting }, { missedAtMs: 12_000 })).toBe(150_000);
  });

  test('after some minutes though the line has not come to count it: it may be lost', () => {
    const lost = { numbered_until_ms: 0 };
    expect(inMs({ ...lost, now_ms: 10_000 + LOST_MS - 1 })).toBe(1);
    expect(inMs({ ...lost, now_ms: 10_000 + LOST_MS })).toBe(0);
  });

  test('never again once it is known', () => {
    expect(numberInMs({ turn: FIFTH, serving: OPEN }, LOT)).toBe(Infinity);
  });
});

describe('of a crowd that comes at once, the origin is asked for numbers', () => {
  const NUMBERED_PER_S = 9_800;
  /** For some seconds after the last were numbered, those who hear of it late ask beside those whose
   * time has come. */
  const BOTH = 1.4;

  test.each([10_000, 100_000, 1_000_000])('by %i people at a bounded pace, once each', (people) => {
    const asked = askedBy({ people, comeMs: 10_000, numberedPerS: NUMBERED_PER_S });
    expect(asked.mostPerS).toBeLessThan(ASKED_PER_S * BOTH);
    expect(asked.each).toBeLessThan(1.01);
    const allMs = (people / ASKED_PER_S) * 1_000;
    expect(asked.knownAtMs).toBeLessThan(1.1 * allMs + 20_000);
  });

  test.each([500, 2_000, 50_000])('at that pace if %i are numbered in a second', (numberedPerS) => {
    const asked = askedBy({ people: 1_000_000, comeMs: 10_000, numberedPerS });
    expect(asked.mostPerS).toBeLessThan(ASKED_PER_S * BOTH);
  });

  test('at that pace if some are numbered much later than others', () => {
    const late = { comeMs: 10_000, numberedPerS: NUMBERED_PER_S, lateMs: 20_000 };
    for (const people of [10_000, 1_000_000]) {
      expect(askedBy({ people, ...late }).mostPerS).toBeLessThan(ASKED_PER_S * BOTH);
    }
  });
});
