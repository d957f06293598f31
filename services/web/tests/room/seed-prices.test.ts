import { expect, test } from 'vitest';
import type { Lot, LotState } from '../../src/protocol/messages';
import { seedPrices } from '../../src/room/seed-prices';

const lot = (lot_id: string, ...seeds: number[]): Lot => ({
  lot_id,
  name: lot_id,
  position: 1,
  slots: seeds.map((seed) => ({ slot_id: `${lot_id}${seed}`, region: 'East', seed, teams: ['a'] })),
});
const sold = (price_cents: number) => ({ status: 'sold', price_cents }) as LotState;

test('sold lots of one slot are grouped by seed, with their average', () => {
  const lots = [lot('a', 2), lot('b', 1), lot('c', 2), lot('d', 3)];
  const states = { a: sold(100), b: sold(700), c: sold(201), d: { status: 'unsold' } as LotState };
  expect(seedPrices(lots, states)).toEqual([
    { seed: 1, sold: [{ name: 'b', cents: 700 }], averageCents: 700 },
    {
      seed: 2,
      sold: [
        { name: 'a', cents: 100 },
        { name: 'c', cents: 201 },
      ],
      averageCents: 151,
    },
  ]);
});

test('a bundle has no seed of its own', () => {
  expect(seedPrices([lot('a', 15, 16)], { a: sold(100) })).toEqual([]);
});
