// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { PricesBySeed } from '../../src/room/prices-by-seed';
import { FakeLeagues, happen, renderInRoom, saleOf, settle } from '../fakes/around';
import { clientOf, FakeServer } from '../fakes/server';

vi.mock('../../src/room/seed-chart', () => {
  throw new Error('no network');
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('prices are in the table though their chart cannot be loaded', async () => {
  vi.useFakeTimers({ now: 1_000 });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const server = new FakeServer();
  const client = clientOf(server);
  client.start();
  renderInRoom(client, new FakeLeagues(), <PricesBySeed />);
  await settle();
  await happen(server, ...saleOf('lot-1', 2, 2_000));
  vi.useRealTimers();
  expect(await screen.findByText('The chart could not be loaded.')).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Prices by seed' }).textContent).toContain('$20');
  client.stop();
});
