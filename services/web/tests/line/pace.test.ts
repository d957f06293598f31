import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Serving } from '../../src/line/line';
import { LONGEST_MS, pauseMs, SHORTEST_MS } from '../../src/line/pace';
import { FIFTH, OPEN, WAITING } from '../fakes/line';

const HOUR_MS = 3_600_000;
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
    const pauses = [0, 0.5, 1].map((it) => pauseMs(standing, true, () => it));
    expect(pauses).toEqual([2_000, 3_500, 5_000]);
  });

  test('grows with what is waited for: one’s turn, the doors, the line', () => {
    const slow: Serving = { ...OPEN, per_minute: { low: 1, high: 10 } };
    const turn = { ...FIFTH, place: 1_000 };
    const pause = (serving: Serving) => pauseMs({ turn, serving }, true, () => 0);
    expect(pause(slow)).toBe(10_000);
    expect(pause({ ...slow, served: 993 })).toBe(6_000);
    expect(pause({ ...slow, served: 999 })).toBe(2_000);
    expect(pause({ ...OPEN, doors_at_ms: HOUR_MS })).toBe(10_000);
    expect(pause({ ...OPEN, gather_at_ms: HOUR_MS, doors_at_ms: 2 * HOUR_MS })).toBe(10_000);
  });

  test('is short until one is counted, however far the doors are', () => {
    const serving = { ...OPEN, doors_at_ms: HOUR_MS };
    expect(pauseMs({ turn: WAITING, serving }, true, () => 0)).toBe(2_000);
  });

  test('grows with every question that fails', () => {
    const pauses = [0, 1, 2, 3].map((it) =>
      pauseMs({ turn: FIFTH, serving: OPEN }, true, () => 0, it),
    );
    expect(pauses).toEqual([2_000, 4_000, 8_000, 10_000]);
  });

  test('is long where nobody looks, and still shorter than a seat waits', () => {
    expect(pauseMs({ turn: FIFTH, serving: OPEN }, false, () => 0)).toBe(10_000);
    expect(LONGEST_MS).toBeLessThan(60_000 / 2);
  });
});
