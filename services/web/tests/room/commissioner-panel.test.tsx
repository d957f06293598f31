// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Command } from '../../src/protocol/messages';
import { CommissionerPanel } from '../../src/room/commissioner-panel';
import { BEN, CLEO, Room } from '../fakes/room';

let room: Room;

const open = async (you?: number) => {
  room = await Room.open(<CommissionerPanel auctionId="auction" />, you);
};
const buttons = () => screen.queryAllByRole('button').map((it) => it.textContent);

afterEach(() => room.leave());

test('who only bids is offered nothing', async () => {
  await open(BEN);
  expect(screen.queryByRole('region')).toBeNull();
});

describe('between lots', () => {
  test('the next lot is named, and put up by its name', async () => {
    await open();
    await room.press('Next: Team 1');
    expect(room.sent('nextLot')).toMatchObject([{ action: 'nextLot', lot_id: 'lot-1' }]);
  });

  test('any lot is put up by chance', async () => {
    await open();
    await room.press('Any lot');
    expect(room.sent('nextLot')).toMatchObject([{ action: 'nextLot', order: 'random' }]);
  });

  test('once every lot is sold, only the end is offered', async () => {
    await open();
    await room.sell(BEN, 100, 'lot-1');
    await room.sell(BEN, 100, 'lot-2');
    await room.sell(BEN, 100, 'lot-3');
    expect(buttons()).toEqual(['Close the auction']);
  });

  test('a closed auction can be reopened, and nothing else', async () => {
    await open();
    await room.happen({ type: 'auction_closed', at_ms: 1_000 });
    expect(buttons()).toEqual(['Reopen the auction']);
    expect(screen.queryByLabelText('The next lot comes up')).toBeNull();
  });
});

describe('while a lot is up', () => {
  test.each<[string, string, Command['action'], object]>([
    ['Undo the bid', 'Undo the bid', 'undoBid', { seen: { high_bidder: BEN, high_cents: 300 } }],
    ['Pass the lot', 'Pass it', 'passLot', {}],
    ['Reset the lot', 'Reset it', 'resetLot', {}],
    ['Clock from the start', 'Start it anew', 'resetClock', {}],
    [
      'Hammer now',
      'Sell it',
      'hammer',
      { forced: true, seen: { high_bidder: BEN, high_cents: 300 } },
    ],
  ])('"%s" asks first', async (name, act, action, fields) => {
    await open();
    await room.putUp();
    await room.bid(BEN, 300);
    await room.press(name);
    expect(room.sent(action)).toEqual([]);
    await room.press(act);
    expect(room.sent(action)).toMatchObject([{ action, lot_id: 'lot-1', ...fields }]);
  });

  test('a question stays about the bid it was asked of, whatever lands meanwhile', async () => {
    await open();
    await room.putUp();
    await room.bid(BEN, 300);
    await room.press('Undo the bid');
    await room.bid(CLEO, 900);
    expect(screen.getByRole('alertdialog').textContent).toContain('Undo the bid of $3?');
    expect(screen.getByRole('alertdialog').textContent).toContain('Ben’s bid');
    await room.press('Undo the bid');
    expect(room.sent('undoBid')).toMatchObject([{ seen: { high_bidder: BEN, high_cents: 300 } }]);
    await room.refuse('undoBid', 'bid_changed');
    expect(screen.getByRole('alert').textContent).toContain('another one by now');
  });

  test('a lot that was to end without a bid is not meant to be sold', async () => {
    await open();
    await room.putUp();
    await room.press('Hammer now');
    await room.bid(CLEO, 100);
    await room.press('End it');
    expect(room.sent('hammer')).toMatchObject([{ seen: { high_bidder: null, high_cents: null } }]);
  });

  test('a question ends with the lot that it is about', async () => {
    await open();
    await room.putUp();
    await room.press('Pass the lot');
    const current = { lot_id: 'lot-2', minimum_cents: 100, rules_version: 1 };
    await room.jump(2, { status: 'bidding', current });
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});
