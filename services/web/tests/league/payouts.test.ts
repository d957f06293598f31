import { expect, test } from 'vitest';
import { basisPointsOf, shown, typedCents } from '../../src/league/fields';
import { totalBasisPoints } from '../../src/league/payouts';

const ROUNDS = [
  { name: 'Final Four', games: 2 },
  { name: 'Championship', games: 1 },
];

test('percentages count as often as there are such results', () => {
  const payouts = [
    { name: 'a', round: 'Final Four', pays: '20%' },
    { name: 'b', round: 'Championship', pays: '55.5%' },
    { name: 'c', round: '', pays: '4.5%' },
    { name: 'd', round: '', pays: '25' },
  ];
  expect(totalBasisPoints(payouts, ROUNDS)).toBe(10_000);
});

test.each([
  ['2%', 200],
  ['0.5 %', 50],
  ['12.25%', 1_225],
])('%s is %i basis points', (text, points) => {
  expect(basisPointsOf(text)).toBe(points);
});

test.each(['', 'x%', '1.234%', '-1%'])('%s is no percentage', (text) => {
  expect(basisPointsOf(text)).toBeNull();
});

test('what is no amount is refused in words', () => {
  expect(() => typedCents('ten', 'Budget')).toThrow('Budget: “ten” is no amount');
});

test('what is shown of hundredths is what would be typed', () => {
  expect([shown(1_250), shown(100), shown(null)]).toEqual(['12.5', '1', '']);
});
