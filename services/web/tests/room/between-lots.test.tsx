// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CurrentLot } from '../../src/room/current-lot';
import { BEN, CLEO, Room } from '../fakes/room';

let room: Room;

const shown = () => document.body.textContent ?? '';

beforeEach(async () => {
  room = await Room.open(<CurrentLot />, BEN);
});

afterEach(() => room.leave());

test('the lot that is next in order is shown', async () => {
  await room.sell(CLEO, 300, 'lot-1');
  expect(shown()).toContain('2 lots are to come');
  expect(shown()).toContain('Next in order: Team 2');
});

test('in a closed auction no lot is next', async () => {
  await room.happen({ type: 'auction_closed', at_ms: 1_000 });
  expect(shown()).not.toContain('Next in order');
});

test('the last sale is the last that was not undone', async () => {
  await room.sell(CLEO, 300, 'lot-1');
  await room.sell(BEN, 500, 'lot-2');
  expect(shown()).toContain('Sold last: Team 2 to Ben for $5');
  const reset = { lot_id: 'lot-2', owner: BEN, refund_cents: 500 };
  await room.happen({ ...reset, type: 'lot_reset', at_ms: 1_000 });
  expect(shown()).toContain('Sold last: Team 1 to Cleo for $3');
});
