// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sounds } from '../../src/room/sounds';
import { BEN, CLEO, COMMISSIONER, Room } from '../fakes/room';

/** As a browser has it: silent until somebody has touched the page. */
class FakeAudio {
  static made: FakeAudio[] = [];
  static isTouched = true;
  state = FakeAudio.isTouched ? 'running' : 'suspended';
  currentTime = 0;
  heard: number[] = [];

  constructor() {
    FakeAudio.made.push(this);
  }

  createOscillator() {
    const frequency = { value: 0 };
    const start = () => this.heard.push(frequency.value);
    return { frequency, start, stop: () => undefined, connect: (it: unknown) => it };
  }

  createGain() {
    const gain = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
    return { gain, connect: (it: unknown) => it };
  }

  resume(): Promise<void> {
    if (FakeAudio.isTouched) this.state = 'running';
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.state = 'closed';
    return Promise.resolve();
  }
}

let room: Room;

beforeEach(() => {
  vi.stubGlobal('AudioContext', FakeAudio);
  FakeAudio.made = [];
  FakeAudio.isTouched = true;
  localStorage.clear();
});

afterEach(() => {
  room.leave();
  vi.unstubAllGlobals();
});

/** The frequencies since the last time. */
function heard(): number[] {
  return FakeAudio.made.flatMap((it) => it.heard.splice(0));
}

async function enter(): Promise<void> {
  room = await Room.open(<Sounds />, BEN);
}

test('nothing is heard until somebody wants to', async () => {
  await enter();
  await room.putUp();
  expect(FakeAudio.made).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Sounds off' }));
  await room.bid(CLEO, 300);
  expect(heard()).not.toEqual([]);
});

test('being outbid sounds otherwise than a bid', async () => {
  localStorage.setItem('calcutta.sounds', 'on');
  await enter();
  await room.putUp();
  heard();
  await room.bid(BEN, 300);
  const bid = heard();
  await room.bid(CLEO, 500);
  const outbid = heard();
  await room.bid(COMMISSIONER, 700);
  expect(outbid).not.toEqual(bid);
  expect(heard()).toEqual(bid);
});

test('being outbid is heard also by who turned the sounds on while they led', async () => {
  await enter();
  await room.putUp();
  await room.bid(BEN, 300);
  fireEvent.click(screen.getByRole('button', { name: 'Sounds off' }));
  await room.bid(CLEO, 500);
  expect(heard()).toHaveLength(2);
});

test('going once and going twice are heard, once and twice', async () => {
  localStorage.setItem('calcutta.sounds', 'on');
  await enter();
  await room.putUp();
  await room.bid(CLEO, 300);
  const { rules } = room.client.getSnapshot().following.view;
  const extension = rules?.extension_ms ?? 0;
  heard();
  await room.settle(600_000 - Date.now() - extension / 2);
  await room.settle(extension / 12);
  expect(heard()).toHaveLength(1);
  await room.settle(extension / 6);
  expect(heard()).toHaveLength(2);
  await room.settle(extension);
  expect(heard()).toEqual([]);
});

test('after a reload there is sound as soon as somebody touches the page, and none is kept for it', async () => {
  localStorage.setItem('calcutta.sounds', 'on');
  FakeAudio.isTouched = false;
  await enter();
  await room.putUp();
  FakeAudio.isTouched = true;
  fireEvent.pointerUp(document.body);
  expect(heard()).toEqual([]);
  await room.bid(CLEO, 300);
  expect(heard()).toHaveLength(1);
});

test('a phone that took the sound away gives it back to a key', async () => {
  localStorage.setItem('calcutta.sounds', 'on');
  await enter();
  await room.putUp();
  const [audio] = FakeAudio.made;
  if (!audio) throw new Error('no sound');
  audio.state = 'interrupted';
  fireEvent.keyDown(document.body);
  heard();
  await room.bid(CLEO, 300);
  expect(heard()).toHaveLength(1);
});

test('who turns the sounds off gives the loudspeaker back', async () => {
  localStorage.setItem('calcutta.sounds', 'on');
  await enter();
  fireEvent.click(screen.getByRole('button', { name: 'Sounds on' }));
  expect(FakeAudio.made.map((it) => it.state)).toEqual(['closed']);
});
