import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf } from '../../src/line/permutation';
import { SEED } from '../fakes/line';

test.each([
  [0, 1, 0],
  [0, 2, 1],
  [1, 2, 0],
  [4, 5, 2],
  [3, 17, 2],
  [99, 100, 87],
  [123_456, 1_000_000, 573_404],
  [999_999, 1_000_000, 153_237],
  [7, 2_147_483_653, 534_215_074],
])('number %i of %i has the place that the lobby computes', async (number, count, place) => {
  expect(await placeOf(number, count, SEED)).toBe(place);
});

test('every number has a place of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.string(), async (count, seed) => {
      const numbers = Array.from({ length: count }, (_, number) => number);
      const places = await Promise.all(numbers.map((it) => placeOf(it, count, seed)));
      expect(places.toSorted((a, b) => a - b)).toEqual(numbers);
    }),
    { numRuns: 30 },
  );
});

test.each([
  [-1, 5],
  [5, 5],
  [0, 2 ** 53],
])('number %i of %i is refused', async (number, count) => {
  await expect(placeOf(number, count, SEED)).rejects.toThrow(RangeError);
});
