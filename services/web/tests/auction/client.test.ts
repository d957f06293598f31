import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ANSWER_MS, type AuctionClient } from '../../src/auction/client';
import { QUIET_MS, WAKING_ANSWER_MS } from '../../src/auction/vigil';
import { lastSeq } from '../../src/auction/log';
import { clientOf, FakeServer } from '../fakes/server';

const HOUR_MS = 60 * 60 * 1000;

let server: FakeServer;
let client: AuctionClient;

const settle = (ms = 50) => vi.advanceTimersByTimeAsync(ms);
const link = () => client.getSnapshot().link.state;
const view = () => client.getSnapshot().following.view;
const bid = () => client.send({ action: 'placeBid', lot_id: 'lot-1', amount_cents: 100 });

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  client = clientOf(server);
  client.start();
  await settle();
});

afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

describe('a connection', () => {
  test('is live once it knows everything', () => {
    expect(link()).toBe('live');
    expect(view().title).toBe('Test');
  });

  test('that is lost comes back, and learns what it missed', async () => {
    server.last.onClose('gone');
    expect(link()).toBe('waiting');
    server.happen({ isLost: true });
    server.happen({ isLost: true });
    await settle(1_000);
    expect(link()).toBe('live');
    expect(view().seq).toBe(3);
    expect(lastSeq(client.getSnapshot().following.log)).toBe(3);
  });

  test('is tried again more and more slowly, and at once when the network is back', async () => {
    server.isUp = false;
    server.last.onClose('gone');
    await settle(2 * 60_000);
    const tried = server.attempts;
    expect(tried).toBeGreaterThan(5);
    expect(tried).toBeLessThan(30);
    server.isUp = true;
    client.wake();
    await settle();
    expect(link()).toBe('live');
  });

  test('that is silent is taken for dead', async () => {
    server.isSilent = true;
    const [first] = server.connections;
    await settle(2 * QUIET_MS + 2 * ANSWER_MS);
    expect(first?.closed).toBe(true);
    expect(server.connections.length).toBeGreaterThan(1);
  });

  test('is asked at once whether it is still there when somebody comes back', async () => {
    await settle(QUIET_MS);
    const before = server.last.commands('ping').length;
    client.wake();
    await settle();
    expect(server.last.commands('ping')).toHaveLength(before + 1);
    await settle(2 * WAKING_ANSWER_MS);
    expect(server.connections).toHaveLength(1);
  });

  test('that does not answer somebody who comes back is soon replaced', async () => {
    await settle(QUIET_MS);
    server.isSilent = true;
    client.wake();
    await settle(WAKING_ANSWER_MS);
    expect(server.connections[0]?.closed).toBe(true);
    server.isSilent = false;
    await settle(1_000);
    expect(link()).toBe('live');
    expect(server.connections).toHaveLength(2);
  });

  test('is renewed before the two hours are over', async () => {
    await settle(2 * HOUR_MS);
    expect(server.connections).toHaveLength(2);
    expect(server.connections[0]?.closed).toBe(true);
    expect(link()).toBe('live');
  });

  test('whose room is full waits to be started again, with what it knew', async () => {
    server.isFull = true;
    server.last.onClose('gone');
    await settle(60_000);
    expect(link()).toBe('full');
    expect(server.attempts).toBe(2);
    server.isFull = false;
    client.start();
    await settle();
    expect(link()).toBe('live');
    expect(view().title).toBe('Test');
  });

  test('that is taken away again and again comes back more and more rarely', async () => {
    let taken = 0;
    for (; taken < 8; taken += 1) {
      server.last.onClose('taken');
      // eslint-disable-next-line no-await-in-loop -- one after the other
      await settle(20_000);
    }
    server.last.onClose('taken');
    await settle(5_000);
    expect(link()).toBe('waiting');
    await settle(20_000 + 60_000);
    server.last.onClose('gone');
    await settle(1_000);
    expect(link()).toBe('live');
  });

  test('is given up where there is no way in', async () => {
    server.isForbidden = true;
    server.last.onClose('gone');
    await Promise.all([expect(bid()).rejects.toThrow('no member'), settle(60_000)]);
    expect(client.getSnapshot().link).toEqual({ state: 'refused', trouble: 'no member' });
    expect(server.attempts).toBe(2);
  });

  test('can be begun again after it was left', async () => {
    client.stop();
    expect(link()).toBe('left');
    client.start();
    await settle();
    expect(link()).toBe('live');
    expect(server.connections).toHaveLength(2);
  });
});

describe('a gap', () => {
  test('is seen when a later event comes, and repaired', async () => {
    server.happen({ isLost: true });
    server.happen();
    await settle();
    expect(view().seq).toBe(3);
    expect(server.last.commands('getState')).not.toHaveLength(0);
  });

  test('is seen in a pong when nothing comes after it', async () => {
    server.happen({ isLost: true });
    await settle(1.5 * QUIET_MS);
    expect(view().seq).toBe(2);
  });
});

describe('a request', () => {
  test('without an answer is sent again with the same id', async () => {
    bid().catch(() => undefined);
    await settle(ANSWER_MS);
    const [first, again, ...others] = server.last.commands('placeBid');
    expect(first).toEqual(again);
    expect(others).toEqual([]);
  });

  test('is answered by the event that it caused, if the answer itself was lost', async () => {
    const answer = bid();
    await settle();
    const [sent] = server.last.commands('placeBid');
    const [told] = server.story.told;
    if (!sent || !told) throw new Error('nothing was sent');
    server.seq = 2;
    const event = { ...told.event.event, request_id: sent.request_id };
    server.last.say({ ...told.event, event });
    await settle();
    await expect(answer).resolves.toMatchObject({ type: 'accepted', seq: 2 });
  });

  test('that a lost connection carried is not sent again before it is known to be undone', async () => {
    bid().catch(() => undefined);
    await settle();
    server.isSilent = true;
    server.last.onClose('gone');
    await settle(1_000);
    expect(server.connections).toHaveLength(2);
    expect(server.last.commands('placeBid')).toHaveLength(0);
    server.isSilent = false;
    server.last.onClose('gone again');
    await settle(1_000);
    expect(server.last.commands('placeBid')).toHaveLength(1);
  });

  test('gets a refusal as its answer', async () => {
    const answer = bid();
    await settle();
    const [sent] = server.last.commands('placeBid');
    server.last.say({
      type: 'refused',
      code: 'bid_too_low',
      message: 'too low',
      request_id: sent?.request_id ?? '',
      minimum_cents: 300,
    } as never);
    await settle();
    await expect(answer).resolves.toMatchObject({ code: 'bid_too_low', minimum_cents: 300 });
  });
});

test('the time is the server’s', async () => {
  server.clockMs = 5_000;
  await settle(15 * QUIET_MS);
  expect(client.serverNowMs() - Date.now()).toBeCloseTo(5_000, -1);
});

test('the time is the server’s from the first snapshot on', async () => {
  const other = new FakeServer();
  other.clockMs = -90_000;
  other.answersPings = false;
  const early = clientOf(other);
  const seen: number[] = [];
  early.subscribe(() => {
    if (early.getSnapshot().following.view.synced) seen.push(early.serverNowMs() - Date.now());
  });
  early.start();
  await settle();
  early.stop();
  expect(seen).not.toEqual([]);
  for (const ahead of seen) expect(ahead).toBeCloseTo(-90_000, -1);
});

test('the time is right again a moment after somebody comes back from a sleep', async () => {
  server.clockMs = 600_000;
  client.wake();
  await settle();
  expect(client.serverNowMs() - Date.now()).toBeCloseTo(600_000, -1);
});

test('the time is right on the connection after a sleep, as soon as the state is known', async () => {
  server.last.onClose('gone');
  server.answersPings = false;
  server.clockMs = 600_000;
  await settle(1_000);
  expect(client.serverNowMs() - Date.now()).toBeCloseTo(600_000, -1);
});

test('listeners hear of nothing that changes nothing', async () => {
  const seen = client.getSnapshot().following.view;
  const [told] = server.story.told;
  if (!told) throw new Error('no story');
  server.happen();
  await settle();
  const after = view();
  expect(after).not.toBe(seen);
  server.last.say(told.event);
  await settle();
  expect(view()).toBe(after);
});
