import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockText, goingOf, untilNextMs } from '../../src/room/countdown';

test.each([
  [65_000, '1:05'],
  [64_001, '1:05'],
  [10_000, '0:10'],
  [9_999, '10.0'],
  [9_401, '9.5'],
  [1, '0.1'],
  [0, '0.0'],
])('%i ms are shown as %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});

test('the clock never jumps over what it could have shown', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 600_000 }), (ms) => {
      const wait = untilNextMs(ms);
      expect(wait).toBeLessThanOrEqual(1_000);
      expect(wait).toBeGreaterThan(0);
    }),
  );
});

test('going once, going twice, as time runs out, if there is a bid', () => {
  expect(goingOf(7_000, 9_000, true)).toBeNull();
  expect(goingOf(6_000, 9_000, true)).toBe('once');
  expect(goingOf(3_000, 9_000, true)).toBe('twice');
  expect(goingOf(1_000, 9_000, false)).toBeNull();
});
