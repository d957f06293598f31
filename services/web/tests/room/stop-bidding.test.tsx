// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BiddingPanel } from '../../src/room/bidding-panel';
import { BEN, CLEO, Room } from '../fakes/room';

let room: Room;

const CURRENT = {
  lot_id: 'lot-1',
  minimum_cents: 400,
  rules_version: 1,
  base_deadline_ms: 600_000,
};
const LED = { ...CURRENT, high_bidder: BEN, high_cents: 300 };

/** My maximum changes, here or in another tab; null: it is the bid that stands. */
const setMaximum = (your_maximum_cents: number | null) =>
  room.happen(
    { type: 'maximum_set', at_ms: 1_000, lot_id: 'lot-1', bidder: BEN },
    { status: 'bidding', current: { ...LED, your_maximum_cents } },
  );
const isOff = () =>
  screen.getByRole('button', { name: 'Stop bidding for me' }).getAttribute('aria-disabled');

beforeEach(async () => {
  room = await Room.open(<BiddingPanel />, BEN);
  await room.putUp();
  await room.bid(BEN, 300);
});

afterEach(() => room.leave());

test('without a maximum there is nothing to stop', () => {
  expect(isOff()).toBe('true');
});

test('a maximum that was set in another tab is learned of', async () => {
  await setMaximum(5_000);
  expect(screen.getByText('Your maximum: $50')).toBeTruthy();
});

test("another member's maximum is not asked for", async () => {
  const asked = room.sent('getState').length;
  await room.happen({ type: 'maximum_set', at_ms: 1_000, lot_id: 'lot-1', bidder: CLEO });
  expect(room.sent('getState')).toHaveLength(asked);
});

test('to stop takes the maximum down to the bid that stands', async () => {
  await setMaximum(5_000);
  await room.press('Stop bidding for me');
  expect(room.sent('setMaximum')).toMatchObject([
    { action: 'setMaximum', lot_id: 'lot-1', maximum_cents: 300 },
  ]);
  await setMaximum(null);
  expect(isOff()).toBe('true');
});

test('who could not stop is told so, and can try again', async () => {
  await setMaximum(5_000);
  await room.press('Stop bidding for me');
  await room.refuse('setMaximum', 'bid_too_low');
  expect(screen.getByRole('alert').textContent).toContain('Not stopped: Somebody was faster.');
  expect(isOff()).not.toBe('true');
});
