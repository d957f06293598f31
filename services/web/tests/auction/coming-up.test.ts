import { expect, test } from 'vitest';
import { comingUp } from '../../src/auction/coming-up';
import type { Lot, LotState, LotStatus } from '../../src/protocol/messages';

/** Lots whose positions are the other way round than they are listed. */
function auction(...statuses: LotStatus[]) {
  const lots: Lot[] = statuses.map((_, n) => ({
    lot_id: `lot-${n}`,
    position: statuses.length - n,
    name: `Lot ${n}`,
    slots: [],
  }));
  const states = statuses.map((status, n): [string, LotState] => [
    `lot-${n}`,
    { lot_id: `lot-${n}`, status, seq: 1 },
  ]);
  return { lots, lotStates: Object.fromEntries(states) };
}

test('the first by position comes up of those never up', () => {
  expect(comingUp(auction('unsold', 'unsold', 'passed', 'sold'))?.lot_id).toBe('lot-1');
});

test('after all others the first comes back that was passed', () => {
  expect(comingUp(auction('passed', 'passed', 'sold'))?.lot_id).toBe('lot-1');
});

test('when all are sold none comes up', () => {
  expect(comingUp(auction('sold', 'sold'))).toBeNull();
});
