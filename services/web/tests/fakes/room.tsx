/** Parts of the room around an auction that happens as a test says. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { type App, AppContext } from '../../src/app-context';
import type { AuctionClient } from '../../src/auction/client';
import type { Command, Event, State } from '../../src/protocol/messages';
import { RoomContext } from '../../src/room/room-context';
import { clientOf, FakeServer } from './server';
import { STORIES, type Story } from './stories';

export const [COMMISSIONER, BEN, CLEO] = [0, 1, 2] as const;

class RoomServer extends FakeServer {
  readonly told: Story['told'][number][] = [];
  override readonly story: Story;

  constructor(you: number) {
    super();
    const { opened } = STORIES[0] as Story;
    this.story = { opened: { ...opened, you }, told: this.told };
  }
}

/** Three lots, `lot-1` to `lot-3`, and none is up. Needs fake timers. */
export class Room {
  readonly server: RoomServer;
  readonly client: AuctionClient;

  private constructor(you: number) {
    this.server = new RoomServer(you);
    this.client = clientOf(this.server);
  }

  /** `prepare`: how the server is before anybody comes in. */
  static async open(
    parts: ReactNode,
    you: number = COMMISSIONER,
    prepare: (server: FakeServer) => void = () => undefined,
  ): Promise<Room> {
    vi.useFakeTimers({ now: 1_000 });
    const room = new Room(you);
    prepare(room.server);
    const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    queries.setQueryData(['leagues'], []);
    room.client.start();
    render(
      <AppContext value={{} as App}>
        <QueryClientProvider client={queries}>
          <RoomContext value={room.client}>{parts}</RoomContext>
        </QueryClientProvider>
      </AppContext>,
    );
    await room.settle();
    return room;
  }

  leave(): void {
    cleanup();
    this.client.stop();
    vi.useRealTimers();
  }

  settle(ms = 50): Promise<void> {
    return act(async () => {
      await vi.advanceTimersByTimeAsync(ms);
    });
  }

  /** The next event, told to everybody; `facts`: what a snapshot says otherwise from then on. */
  async happen(event: Event, facts: Partial<State> = {}): Promise<void> {
    const { server } = this;
    const seq = (server.seq += 1);
    const before = server.told.at(-1)?.after ?? server.story.opened;
    const told = { type: 'event', auction_id: 'auction', seq, event } as const;
    server.told.push({ event: told, after: { ...before, ...facts, seq } });
    server.last.say(told);
    await this.settle();
  }

  /** A snapshot by which so much happened at once. */
  async jump(events: number, facts: Partial<State>): Promise<void> {
    const { server } = this;
    server.seq += events;
    server.last.say({ ...server.story.opened, ...facts, request_id: 'jump', seq: server.seq });
    await this.settle();
  }

  async putUp(lot_id = 'lot-1'): Promise<void> {
    const up = { lot_id, minimum_cents: 100, rules_version: 1 };
    await this.happen({ ...up, type: 'lot_opened', at_ms: 1_000, deadline_ms: 600_000 });
  }

  async bid(bidder: number, amount_cents: number, lot_id = 'lot-1'): Promise<void> {
    const minimum_cents = amount_cents + 100;
    const bid = { lot_id, bidder, amount_cents, minimum_cents, extended_to_ms: 0 };
    await this.happen({ ...bid, type: 'bid_placed', at_ms: 1_000 });
  }

  async sell(owner: number, price_cents: number, lot_id = 'lot-1'): Promise<void> {
    await this.happen({ type: 'lot_sold', at_ms: 1_000, lot_id, owner, price_cents });
  }

  sent(action: Command['action']): Command[] {
    return this.server.last.commands(action);
  }

  async refuse(action: Command['action'], code: 'bid_changed' | 'bid_too_low'): Promise<void> {
    const request_id = this.sent(action).at(-1)?.request_id ?? '';
    this.server.last.say({ type: 'refused', request_id, code, message: code });
    await this.settle();
  }

  async press(name: string): Promise<void> {
    fireEvent.click(screen.getByRole('button', { name }));
    await this.settle();
  }
}
