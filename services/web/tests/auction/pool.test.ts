import { describe, expect, test } from 'vitest';
import { poolOf, prizes, taxCents } from '../../src/auction/pool';
import { resultsOf, roundsOf } from '../../src/auction/rounds';

/** The example of docs/settlement.md. */
const RULES = {
  fee: { basis_points: 200 },
  tax: [{ from_cents: 5_000, basis_points: 1_000 }],
  payouts: [
    { name: 'Final Four', round: 'Final Four', basis_points: 2_000 },
    { name: 'Championship', round: 'Championship', basis_points: 6_000 },
    { name: 'Biggest upset', round: null, fixed_cents: 500 },
  ],
};
const SPENT = { 0: 3_333, 1: 2_000, 2: 6_101 };

const field = (count: number, shared = 0) =>
  Array.from({ length: count }, (_, n) => ({ teams: n < shared ? ['A', 'B'] : ['A'] }));

describe('the pool', () => {
  test('is what docs/settlement.md counts', () => {
    expect(taxCents(RULES, 6_101)).toBe(110);
    expect(poolOf(RULES, SPENT)).toEqual({
      naturalCents: 11_434,
      taxCents: 110,
      prizeCents: 11_544,
      feeCents: 230,
      netCents: 11_314,
    });
  });

  test('pays for a result what docs/settlement.md says, to a cent', () => {
    const paid = prizes(RULES, 11_314, (round) => resultsOf(round, roundsOf(field(4))));
    expect(paid.map((it) => it.cents)).toEqual([2_162, 6_488, 500]);
  });

  test('shrinks fixed prizes that are more than there is', () => {
    const rules = { payouts: [{ name: 'Win', round: 'Final Four', fixed_cents: 1_000 }] };
    expect(prizes(rules, 500, () => 2)).toEqual([{ name: 'Win', cents: 250 }]);
  });

  test('taxes each part by its own bracket', () => {
    const tax = [
      { from_cents: 1_000, basis_points: 1_000 },
      { from_cents: 2_000, basis_points: 5_000 },
    ];
    expect(taxCents({ tax }, 3_000)).toBe(100 + 500);
  });
});

describe('the rounds', () => {
  test('of 64 slots, four of them shared', () => {
    expect(roundsOf(field(64, 4)).map((it) => [it.name, it.games])).toEqual([
      ['First Four', 4],
      ['Round of 64', 32],
      ['Round of 32', 16],
      ['Sweet 16', 8],
      ['Elite 8', 4],
      ['Final Four', 2],
      ['Championship', 1],
    ]);
  });

  test('of six slots let two pass the first round', () => {
    expect(roundsOf(field(6)).map((it) => it.games)).toEqual([2, 2, 1]);
  });
});
