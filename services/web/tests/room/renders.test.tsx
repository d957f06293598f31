// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuctionClient } from '../../src/auction/client';
import type { Event } from '../../src/protocol/messages';
import { BiddingPanel } from '../../src/room/bidding-panel';
import { CurrentLot } from '../../src/room/current-lot';
import { LotsPanel } from '../../src/room/lots-panel';
import { RoomContext } from '../../src/room/room-context';
import { clientOf, FakeServer } from '../fakes/server';

let server: FakeServer;
let client: AuctionClient;
let drawn: string[];

const settle = (ms = 50) => act(() => vi.advanceTimersByTimeAsync(ms));

async function happen(event: Event): Promise<void> {
  server.seq += 1;
  server.last.say({ type: 'event', auction_id: 'auction', seq: server.seq, event });
  await settle();
}

const bid = (amount_cents: number, bidder = 2): Event => ({
  type: 'bid_placed',
  lot_id: 'lot-1',
  at_ms: 1_000,
  bidder,
  amount_cents,
  minimum_cents: amount_cents + 100,
  extended_to_ms: 0,
});

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000 });
  drawn = [];
  server = new FakeServer();
  client = clientOf(server);
  client.start();
  const watched = (id: string, part: React.ReactNode) => (
    <Profiler id={id} onRender={(it) => drawn.push(it)}>
      {part}
    </Profiler>
  );
  render(
    <RoomContext value={client}>
      {watched('lot', <CurrentLot />)}
      {watched('bidding', <BiddingPanel />)}
      {watched('lots', <LotsPanel />)}
    </RoomContext>,
  );
  await settle();
  await happen({
    type: 'lot_opened',
    lot_id: 'lot-1',
    at_ms: 1_000,
    minimum_cents: 100,
    deadline_ms: 600_000,
    rules_version: 1,
  });
});

afterEach(() => {
  cleanup();
  client.stop();
  vi.useRealTimers();
});

test('a bid is shown at once, and the lots are not drawn for it', async () => {
  drawn = [];
  await happen(bid(300));
  expect(screen.getByTestId('price').textContent).toBe('$3');
  expect(screen.getByTestId('bidder').textContent).toBe('Cleo');
  expect(drawn.filter((it) => it === 'lot')).toHaveLength(1);
  expect(drawn).not.toContain('lots');
});

test('a bid that is told twice draws nothing', async () => {
  await happen(bid(300));
  drawn = [];
  server.last.say({ type: 'event', auction_id: 'auction', seq: server.seq, event: bid(300) });
  await settle();
  expect(drawn).toEqual([]);
});

test('the running clock draws itself alone', async () => {
  drawn = [];
  await settle(5_000);
  expect(new Set(drawn)).toEqual(new Set(['lot']));
  expect(drawn.length).toBeLessThanOrEqual(6);
});
