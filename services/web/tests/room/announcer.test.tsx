// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Announcer } from '../../src/room/announcer';
import { BEN, CLEO, Room } from '../fakes/room';

let room: Room;

const said = () => screen.getByTestId('price-announced').textContent;
const time = () => screen.getAllByRole('status')[1]?.textContent;

beforeEach(async () => {
  room = await Room.open(<Announcer />, BEN);
  await room.putUp();
});

afterEach(() => room.leave());

test('a lot that comes up is announced', async () => {
  await room.settle(1_000);
  expect(said()).toBe('Team 1 is up.');
});

test('of bids that follow each other fast the last one is announced', async () => {
  await room.settle(1_000);
  await room.bid(CLEO, 300);
  await room.bid(BEN, 400);
  await room.bid(CLEO, 500);
  expect(said()).toBe('Team 1 is up.');
  await room.settle(1_000);
  expect(said()).toBe('$5, Cleo.');
});

test('my own high bid is announced as mine', async () => {
  await room.bid(BEN, 300);
  await room.settle(1_000);
  expect(said()).toBe('$3, you.');
});

test('a sale is announced at once: the next lot may follow', async () => {
  await room.bid(CLEO, 300);
  await room.sell(CLEO, 300);
  expect(said()).toBe('Team 1 is sold to Cleo for $3.');
});

test('a lot that is passed is announced', async () => {
  await room.happen({ type: 'lot_passed', at_ms: 1_000, lot_id: 'lot-1' });
  expect(said()).toBe('Team 1 is passed; its bids are void.');
});

test('a sale that is undone between lots is announced', async () => {
  await room.sell(CLEO, 300);
  const reset = { lot_id: 'lot-1', owner: CLEO, refund_cents: 300 };
  await room.happen({ ...reset, type: 'lot_reset', at_ms: 1_000 });
  expect(said()).toBe('Undone: the sale of Team 1; Cleo gets $3 back.');
});

test('the time is called out as it runs out', async () => {
  expect(time()).toBe('');
  await room.settle(569_500);
  expect(time()).toBe('30 seconds.');
  await room.settle(40_000);
  expect(time()).toBe('Time is up.');
});
