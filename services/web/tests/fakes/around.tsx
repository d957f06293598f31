/** What is around a part of the page: the app, and what it read of leagues; in the room an auction. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { type App, AppContext } from '../../src/app-context';
import type { AuctionClient } from '../../src/auction/client';
import type { Event } from '../../src/protocol/messages';
import { RoomContext } from '../../src/room/room-context';
import { answer, refusal } from './person';
import type { FakeServer } from './server';

type Answering = (path: string, request: unknown) => Promise<unknown>;

/** The leagues' API: it answers what was `told` by path, and whatever a test mocks. */
export class FakeLeagues {
  readonly told = new Map<string, unknown>();
  readonly GET = vi.fn<Answering>((path) => this.#answer(path));
  readonly PUT = vi.fn<Answering>();
  readonly POST = vi.fn<Answering>();

  #answer(path: string): Promise<unknown> {
    const found = this.told.get(path);
    if (found instanceof Promise) return found;
    return Promise.resolve(found === undefined ? refusal(503, 'busy') : answer(found));
  }
}

/** Draw a part within an app whose leagues are these. */
export function renderWithin(leagues: FakeLeagues, part: ReactNode, more: Partial<App> = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const app = { leagues, ...more } as unknown as App;
  return render(
    <AppContext value={app}>
      <QueryClientProvider client={queries}>
        <Router hook={useHashLocation}>{part}</Router>
      </QueryClientProvider>
    </AppContext>,
  );
}

/** Draw a part of the room. */
export const renderInRoom = (client: AuctionClient, leagues: FakeLeagues, part: ReactNode) =>
  renderWithin(leagues, <RoomContext value={client}>{part}</RoomContext>);

/** Let an event happen, and be drawn; with fake timers. */
export async function happen(server: FakeServer, ...events: readonly Event[]): Promise<void> {
  for (const event of events) {
    server.seq += 1;
    server.last.say({ type: 'event', auction_id: 'auction', seq: server.seq, event });
  }
  await settle();
}

export const settle = (ms = 50) => act(() => vi.advanceTimersByTimeAsync(ms));

/** A lot from being put up to being sold. */
export function saleOf(lot_id: string, owner: number, price_cents: number): Event[] {
  const at = { lot_id, at_ms: 1_000 };
  const deadline = { minimum_cents: 100, deadline_ms: 600_000, rules_version: 1 };
  const bid = { amount_cents: price_cents, minimum_cents: price_cents + 100, extended_to_ms: 0 };
  return [
    { type: 'lot_opened', ...at, ...deadline },
    { type: 'bid_placed', ...at, bidder: owner, ...bid },
    { type: 'lot_sold', ...at, owner, price_cents },
  ];
}
