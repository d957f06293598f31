// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuctionClient } from '../../src/auction/client';
import { ScreenPage } from '../../src/room/screen-page';
import { FakeLeagues, renderInRoom, settle } from '../fakes/around';
import { clientOf, FakeServer } from '../fakes/server';

let server: FakeServer;
let client: AuctionClient;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
  server = new FakeServer();
  client = clientOf(server);
});

afterEach(() => {
  cleanup();
  client.stop();
  vi.useRealTimers();
});

async function show(): Promise<void> {
  client.start();
  renderInRoom(client, new FakeLeagues(), <ScreenPage auctionId="auction" />);
  await settle();
}

test('the big screen says why there is no way in', async () => {
  server.isForbidden = true;
  await show();
  expect(screen.getByRole('alert').textContent).toContain('no member');
});

test('the tab of the big screen has the auction’s name', async () => {
  await show();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(document.title).toBe('Test · Big screen · Calcutta');
});
