import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Serving } from '../../src/line/line';
import { aheadOf, isDue, later, placed, progressOf, waitMsOf } from '../../src/line/standing';
import { FIFTH, OPEN, SEED, WAITING } from '../fakes/line';

const servings = fc
  .record({ served: fc.nat(1_000), now_ms: fc.nat(100_000) })
  .map((told): Serving => ({ ...OPEN, ...told }));

test('people ahead are those between the line and the place', () => {
  expect(aheadOf({ turn: FIFTH, serving: OPEN })).toBe(4);
  expect(aheadOf({ turn: FIFTH, serving: { ...OPEN, served: 4 } })).toBe(0);
  expect(aheadOf({ turn: FIFTH, serving: { ...OPEN, served: 9 } })).toBe(0);
});

test('without a place nothing is said of it', () => {
  const standing = { turn: WAITING, serving: OPEN };
  expect(aheadOf(standing)).toBeNull();
  expect(progressOf(standing)).toBeNull();
  expect(waitMsOf(standing)).toBeNull();
  expect(isDue(standing)).toBe(false);
});

test('the line has come to a place when that was served, and not before', () => {
  expect(isDue({ turn: FIFTH, serving: { ...OPEN, served: 4 } })).toBe(false);
  expect(isDue({ turn: FIFTH, serving: { ...OPEN, served: 5 } })).toBe(true);
});

test('with the same place the people ahead never become more, whatever comes in what order', () => {
  fc.assert(
    fc.property(fc.array(servings, { minLength: 1 }), (told) => {
      let known: Serving | null = null;
      let before = Number.POSITIVE_INFINITY;
      for (const serving of told) {
        known = later(known, serving);
        const ahead = aheadOf({ turn: { ...FIFTH, place: 500 }, serving: known }) ?? Number.NaN;
        expect(ahead).toBeLessThanOrEqual(before);
        before = ahead;
      }
    }),
  );
});

test('progress never goes back, and ends at one', () => {
  fc.assert(
    fc.property(fc.array(servings, { minLength: 1 }), (told) => {
      let known: Serving | null = null;
      let before = 0;
      for (const serving of told) {
        known = later(known, serving);
        const progress = progressOf({ turn: FIFTH, serving: known }) ?? Number.NaN;
        expect(progress).toBeGreaterThanOrEqual(before);
        expect(progress).toBeLessThanOrEqual(1);
        before = progress;
      }
    }),
  );
});

test('an older answer changes nothing but how far the line has come', () => {
  const newer: Serving = { ...OPEN, now_ms: 9_000, status: 'paused', served: 3 };
  expect(later(newer, { ...OPEN, served: 4 })).toEqual({ ...newer, served: 4 });
});

test('a wait is the people ahead at the pace of the last minutes', () => {
  const serving: Serving = { ...OPEN, per_minute: { low: 2, high: 8 } };
  expect(waitMsOf({ turn: FIFTH, serving })).toEqual({ low: 30_000, high: 120_000 });
});

test.each([
  ['nobody knows the pace', { per_minute: null }],
  ['the line is paused', { status: 'paused', per_minute: { low: 2, high: 8 } }],
  ['the line may stand still', { per_minute: { low: 0, high: 8 } }],
] as const)('a wait is unknown when %s', (_, change) => {
  expect(waitMsOf({ turn: FIFTH, serving: { ...OPEN, ...change } })).toBeNull();
});

test('an early number gets its place from the seed, as soon as there is one', async () => {
  const early = { ...WAITING, number: 100, early: true };
  expect(await placed(early, { ...OPEN, seed: null, early: null })).toBe(early);
  expect(await placed(early, { ...OPEN, seed: SEED, early: 100 })).toHaveProperty('place', 88);
});

test('a late number comes after all early ones', async () => {
  const late = { ...WAITING, number: 3, early: false };
  expect(await placed(late, { ...OPEN, early: 100 })).toHaveProperty('place', 103);
});
