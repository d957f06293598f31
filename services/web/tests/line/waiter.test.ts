import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LineProblem } from '../../src/line/line';
import { LONGEST_MS } from '../../src/line/pace';
import { aheadOf } from '../../src/line/standing';
import { Waiter } from '../../src/line/waiter';
import { FakeLine, FIFTH, OPEN, WAITING } from '../fakes/line';

let line: FakeLine;
let waiter: Waiter;
let tickets: string[];
let isSeen: boolean;

const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);
const phase = () => waiter.getSnapshot().phase;

function makeWaiter(random = () => 0.5): Waiter {
  return new Waiter({
    line,
    onAdmitted: (ticket) => tickets.push(ticket),
    isSeen: () => isSeen,
    random,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  line = new FakeLine();
  tickets = [];
  isSeen = true;
  waiter = makeWaiter();
});

afterEach(() => {
  waiter.stop();
  vi.useRealTimers();
});

describe('who waits', () => {
  beforeEach(async () => {
    waiter.start();
    await settle();
  });

  test('joined once, and knows where they stand', () => {
    expect(phase()).toBe('waiting');
    expect(aheadOf(waiter.getSnapshot())).toBe(4);
    expect(line.asked).toEqual(['join', 'serving']);
  });

  test('asks how far the line is, and not for their own record, until it is their turn', async () => {
    line.serve(4);
    await settle(60_000);
    expect(line.count('serving')).toBeGreaterThan(12);
    expect(line.count('me')).toBe(0);
    line.serve(5);
    line.turn = { ...WAITING, state: 'admitted', ticket: 'ticket-1' };
    await settle(5_000);
    expect(line.count('me')).toBe(1);
    expect(phase()).toBe('admitted');
    expect(tickets).toEqual(['ticket-1']);
  });

  test('asks nothing any more once there is a ticket', async () => {
    line.serve(5);
    line.turn = { ...WAITING, state: 'admitted', ticket: 'ticket-1' };
    await settle(5_000);
    const asked = line.asked.length;
    await settle(10 * 60_000);
    expect(line.asked).toHaveLength(asked);
  });

  test('learns that the seat was not used in time, and may join again', async () => {
    line.serve(9);
    line.turn = { ...WAITING, state: 'expired' };
    await settle(5_000);
    expect(phase()).toBe('expired');
    line.turn = { ...FIFTH, number: 20, place: 20 };
    waiter.join();
    await settle();
    expect(aheadOf(waiter.getSnapshot())).toBe(10);
  });

  test('may leave, and is asked for nothing then', async () => {
    await Promise.all([waiter.leave(), settle()]);
    expect(phase()).toBe('left');
    const asked = line.asked.length;
    await settle(60_000);
    expect(line.asked).toHaveLength(asked);
  });

  test('keeps the place if leaving fails', async () => {
    line.broken = { leave: new Error('no network') };
    await Promise.all([waiter.leave(), settle()]);
    expect(waiter.getSnapshot()).toMatchObject({ phase: 'waiting', trouble: 'no network' });
    await settle(10_000);
    expect(waiter.getSnapshot().trouble).toBe('');
  });

  test('keeps the place while the network is away', async () => {
    line.broken = { serving: new Error('no network') };
    await settle(10_000);
    expect(waiter.getSnapshot()).toMatchObject({ phase: 'waiting', turn: FIFTH });
    line.broken = {};
    waiter.wake();
    await settle();
    expect(waiter.getSnapshot().trouble).toBe('');
  });

  test('is told when the line is paused, and when it is closed', async () => {
    line.told = { ...OPEN, status: 'paused' };
    await settle(6_000);
    expect(phase()).toBe('waiting');
    expect(waiter.getSnapshot().serving?.status).toBe('paused');
    line.told = { ...OPEN, status: 'closed' };
    await settle(6_000);
    expect(phase()).toBe('closed');
  });

  test('asks less often while nobody looks, and at once when somebody does', async () => {
    line.turn = { ...FIFTH, number: 100_000, place: 100_000 };
    isSeen = false;
    waiter.join();
    await settle(LONGEST_MS);
    const before = line.count('serving');
    await settle(60_000);
    expect(line.count('serving') - before).toBeLessThanOrEqual(6);
    isSeen = true;
    const hidden = line.count('serving');
    waiter.wake();
    await settle();
    expect(line.count('serving')).toBe(hidden + 1);
  });

  test('asks nothing once the page is left', async () => {
    waiter.stop();
    waiter.wake();
    const asked = line.asked.length;
    await settle(10 * 60_000);
    expect(line.asked).toHaveLength(asked);
  });
});

test('who has a seat already gets in without waiting', async () => {
  line.turn = { ...WAITING, state: 'admitted', ticket: 'ticket-1' };
  waiter.start();
  await settle();
  expect(tickets).toEqual(['ticket-1']);
  expect(line.asked).toEqual(['join']);
});

test('who comes alone knows their place within three seconds, by one question', async () => {
  waiter = makeWaiter(() => 0.99);
  line.turn = WAITING;
  line.told = { ...OPEN, numbered_until_ms: 0 };
  waiter.start();
  await settle(500);
  line.turn = FIFTH;
  line.told = OPEN;
  await settle(2_600);
  expect(line.count('me')).toBe(1);
  expect(waiter.getSnapshot().turn?.place).toBe(5);
});

test('nobody asks for their place before the line has come to count it', async () => {
  line.turn = WAITING;
  line.told = { ...OPEN, numbered_until_ms: 1_499, waiting: 300_000 };
  waiter.start();
  await settle(60_000);
  expect(line.count('serving')).toBeGreaterThan(12);
  expect(line.count('me')).toBe(0);
});

test('a place that is not counted yet is asked for until it is', async () => {
  line.turn = WAITING;
  waiter.start();
  await settle(5_000);
  expect(line.count('me')).toBe(1);
  line.turn = FIFTH;
  line.serve(0);
  await settle(30_000);
  expect(line.count('me')).toBe(2);
  expect(waiter.getSnapshot().turn?.place).toBe(5);
});

test('when the doors open, nobody asks for their own record: the seed says the place', async () => {
  line.turn = { ...WAITING, number: 100, early: true };
  line.told = { ...OPEN, status: 'gathering', seed: null, early: null, doors_at_ms: 5_000 };
  waiter.start();
  await settle(10_000);
  line.told = { ...OPEN, early: 100 };
  // the hashes do not come in the tests' time
  await vi.waitFor(async () => {
    await settle(1_000);
    expect(waiter.getSnapshot().turn?.place).toBe(88);
  });
  expect(line.count('me')).toBe(0);
});

test('a line that is not open yet is joined when it is', async () => {
  line.broken = { join: new LineProblem('lobby_not_open', 'not open yet') };
  line.told = { ...OPEN, status: 'gathering', gather_at_ms: 30_000, doors_at_ms: 60_000 };
  waiter.start();
  await settle(60_000);
  expect(phase()).toBe('not_open');
  expect(line.count('join')).toBe(1);
  line.broken = {};
  line.told = { ...line.told, now_ms: 30_000 };
  await settle(LONGEST_MS);
  expect(phase()).toBe('waiting');
});

test.each([
  ['lobby_closed', 'closed'],
  ['not_found', 'refused'],
])('a line that answers %s is %s, and not asked again', async (code, expected) => {
  line.broken = { join: new LineProblem(code, 'no') };
  waiter.start();
  await settle(60_000);
  expect(phase()).toBe(expected);
  expect(line.asked).toEqual(['join']);
});

test('joining that fails is tried again', async () => {
  line.broken = { join: new Error('no network') };
  waiter.start();
  await settle(10_000);
  expect(waiter.getSnapshot()).toMatchObject({ phase: 'joining', trouble: 'no network' });
  line.broken = {};
  await settle(LONGEST_MS);
  expect(phase()).toBe('waiting');
});

test('a page that is drawn twice at once joins without asking twice at once', async () => {
  waiter.start();
  waiter.stop();
  waiter.start();
  await settle();
  expect(phase()).toBe('waiting');
  expect(line.mostUnderWay).toBe(1);
});
