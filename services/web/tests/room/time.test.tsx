// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Nudge, useGoing, useIsOver } from '../../src/room/countdown';
import { CurrentLot } from '../../src/room/current-lot';
import { BEN, CLEO, Room } from '../fakes/room';
import type { FakeServer } from '../fakes/server';

/** The lot's clock, which runs out at 600 s. */
const LOT_MS = 599_000;

let room: Room;

afterEach(() => room.leave());

function Over() {
  return <p data-testid="over">{useIsOver() ? 'over' : 'not over'}</p>;
}

function Called() {
  return <p data-testid="going">{useGoing()}</p>;
}

/** Come in, and see a lot come up. */
async function enter(prepare?: (server: FakeServer) => void) {
  const parts = (
    <>
      <CurrentLot />
      <Over />
      <Called />
      <Nudge />
    </>
  );
  room = await Room.open(parts, BEN, prepare);
  await room.putUp();
}

const text = (id: string) => screen.getByTestId(id).textContent;
const nudges = () => room.sent('hammer');

/** The server's clock seems to be `ms` ahead, until it is `setRight`. */
const enterWithClockAhead = (ms: number) =>
  enter((server) => {
    server.clockMs = ms;
  });

async function setRight() {
  room.server.clockMs = 0;
  room.client.wake();
  await room.settle(100);
}

test('the clock is the server’s from the first snapshot on, whatever the local one says', async () => {
  await enter((server) => {
    server.answersPings = false;
    server.clockMs = -LOT_MS;
  });
  expect(text('clock')).toBe('19:58');
  expect(text('over')).toBe('not over');
});

test('a lot that seemed to be over goes on when the time is known better', async () => {
  await enterWithClockAhead(LOT_MS);
  expect(text('over')).toBe('over');
  expect(text('clock')).toBe('0.0');
  await setRight();
  expect(text('over')).toBe('not over');
  expect(text('clock')).toBe('9:59');
  await room.settle(60_000);
  expect(text('clock')).toBe('8:59');
});

test('a lot is over in time, though the end seemed to be far when it came up', async () => {
  await enterWithClockAhead(-LOT_MS);
  await setRight();
  expect(text('over')).toBe('not over');
  await room.settle(LOT_MS);
  expect(text('over')).toBe('over');
  expect(text('clock')).toBe('0.0');
});

test('a page asks for the hammer a moment after time is up, and once', async () => {
  await enter();
  await room.settle(LOT_MS);
  expect(nudges()).toHaveLength(0);
  await room.settle(2_000);
  expect(nudges()).toMatchObject([{ lot_id: 'lot-1', forced: false }]);
});

test('a page asks for no hammer when time only seemed to be up', async () => {
  await enterWithClockAhead(LOT_MS);
  await setRight();
  await room.settle(10_000);
  expect(nudges()).toHaveLength(0);
  await room.settle(LOT_MS);
  await room.settle(2_000);
  expect(nudges()).toHaveLength(1);
});

test('going once and going twice are called before the end, if there is a bid', async () => {
  await enter();
  const extension = room.client.getSnapshot().following.view.rules?.extension_ms ?? 0;
  expect(extension).toBeGreaterThan(0);
  await room.settle(LOT_MS - extension / 2);
  expect(text('going')).toBe('');
  await room.bid(CLEO, 300);
  expect(text('going')).toBe('once');
  await room.settle(extension / 4);
  expect(text('going')).toBe('twice');
  await room.settle(extension);
  expect(text('going')).toBe('');
});
