// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Request } from '../../src/protocol/messages';
import { AutoNext } from '../../src/room/running/auto-next';
import { Room } from '../fakes/room';

let room: Room;
let sent: Request[];

beforeEach(async () => {
  sent = [];
  room = await Room.open(<AutoNext isBusy={false} send={(it) => sent.push(it)} />);
});

afterEach(() => room.leave());

const choice = () => screen.getByLabelText<HTMLSelectElement>('The next lot comes up');
const set = () => screen.getByRole('button', { name: 'Set' });
const choose = (value: string) => fireEvent.change(choice(), { target: { value } });
const type = (seconds: string) =>
  fireEvent.change(screen.getByLabelText(/^Seconds/), { target: { value: seconds } });

test('a pause that is offered is set at once', () => {
  choose('5000');
  choose('');
  expect(sent).toEqual([
    { action: 'setAutoNext', after_ms: 5_000 },
    { action: 'setAutoNext', after_ms: null },
  ]);
});

test('any number of seconds is set as it was typed', () => {
  choose('other');
  type('45');
  fireEvent.click(set());
  expect(sent).toEqual([{ action: 'setAutoNext', after_ms: 45_000 }]);
  expect(screen.queryByLabelText(/^Seconds/)).toBeNull();
});

test.each(['', '0', '0.9', '601', '1e9'])('"%s" seconds are not set', (seconds) => {
  choose('other');
  type(seconds);
  expect(set().getAttribute('aria-disabled')).toBe('true');
  fireEvent.submit(set());
  expect(sent).toEqual([]);
});

test('the pause that is set is shown, whoever chose it', async () => {
  await room.happen({ type: 'auto_next_set', at_ms: 1_000, after_ms: 45_000 });
  expect(choice().selectedOptions[0]?.textContent).toBe('by itself after 45 s');
});
