// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuctionClient } from '../../src/auction/client';
import { RoomContext, useSending } from '../../src/room/room-context';
import { settle } from '../fakes/around';
import { clientOf, FakeServer } from '../fakes/server';

const PAUSE = { action: 'pause' } as const;

let server: FakeServer;
let client: AuctionClient;

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000 });
  server = new FakeServer();
  client = clientOf(server);
  client.start();
  await settle();
});

afterEach(() => {
  cleanup();
  client.stop();
  vi.useRealTimers();
});

const around = ({ children }: { readonly children: ReactNode }) => (
  <RoomContext value={client}>{children}</RoomContext>
);

test('a second press in the same moment sends nothing', async () => {
  const { result } = renderHook(() => useSending(), { wrapper: around });
  let second: unknown;
  await act(async () => {
    void result.current.run(PAUSE);
    second = await result.current.run(PAUSE);
  });
  expect(second).toBeNull();
  expect(server.last.commands(PAUSE.action)).toHaveLength(1);
  expect(result.current.pending).toEqual(PAUSE);
});

test('what was answered makes room for the next', async () => {
  const { result } = renderHook(() => useSending(), { wrapper: around });
  const press = async () => {
    act(() => void result.current.run(PAUSE));
    const request_id = server.last.commands(PAUSE.action).at(-1)?.request_id ?? '';
    server.last.say({ type: 'refused', request_id, code: 'forbidden', message: 'no' });
    await settle();
  };
  await press();
  expect(result.current.pending).toBeNull();
  await press();
  expect(server.last.commands(PAUSE.action)).toHaveLength(2);
});
