// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { LotsPanel } from '../../src/room/lots-panel';
import { BEN, Room } from '../fakes/room';

let room: Room;

afterEach(() => room.leave());

test('a sale is undone after a question that says what it gives back', async () => {
  room = await Room.open(<LotsPanel />);
  await room.sell(BEN, 300);
  await room.press('Undo the sale of Team 1');
  expect(screen.getByRole('alertdialog').textContent).toContain('Ben gets $3 back');
  expect(room.sent('resetLot')).toEqual([]);
  await room.press('Undo the sale');
  expect(room.sent('resetLot')).toMatchObject([{ action: 'resetLot', lot_id: 'lot-1' }]);
});

test('in a closed auction nothing can be done with a lot', async () => {
  room = await Room.open(<LotsPanel />);
  await room.sell(BEN, 300);
  await room.happen({ type: 'auction_closed', at_ms: 1_000 });
  expect(screen.queryByRole('button', { name: /^(Undo|Put up)/ })).toBeNull();
});
