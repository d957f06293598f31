import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centsOf, dollars } from '../../src/auction/money';

test.each([
  ['12', 1_200],
  ['$1,250', 125_000],
  ['12.5', 1_250],
  ['0.07', 7],
  [' 3.10 ', 310],
])('%s is %i cents', (text, cents) => {
  expect(centsOf(text)).toBe(cents);
});

test.each(['', 'ten', '1.234', '-1', '1e5', '1,2', '99999999999999999999'])(
  '%s is no amount',
  (it) => {
    expect(centsOf(it)).toBeNull();
  },
);

test('what is shown is understood when it is typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (cents) => {
      expect(centsOf(dollars(cents))).toBe(cents);
    }),
  );
});
