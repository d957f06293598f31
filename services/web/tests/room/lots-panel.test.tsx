// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuctionClient } from '../../src/auction/client';
import { LotsPanel } from '../../src/room/lots-panel';
import { FakeLeagues, happen, renderInRoom, saleOf, settle } from '../fakes/around';
import { clientOf, FakeServer } from '../fakes/server';

let server: FakeServer;
let client: AuctionClient;

/** Team 1 is Cleo's for $20; Team 2 and Team 3 are to come. */
beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000 });
  server = new FakeServer();
  client = clientOf(server);
  client.start();
  renderInRoom(client, new FakeLeagues(), <LotsPanel />);
  await settle();
  await happen(server, ...saleOf('lot-1', 2, 2_000));
});

afterEach(() => {
  cleanup();
  client.stop();
  vi.useRealTimers();
});

const lots = () => screen.queryAllByRole('rowheader').map((it) => it.firstChild?.textContent);

async function search(words: string): Promise<void> {
  fireEvent.change(screen.getByLabelText('Search the lots'), { target: { value: words } });
  await settle();
}

async function show(status: string): Promise<void> {
  fireEvent.change(screen.getByLabelText('Which lots'), { target: { value: status } });
  await settle();
}

test('it says how many lots are to come and sold', () => {
  expect(screen.getByText('2 to come, 1 sold, 0 passed')).toBeTruthy();
});

test.each([
  ['team 3', ['Team 3']],
  ['seed 2', ['Team 2']],
  [' EAST ', ['Team 1', 'Team 2', 'Team 3']],
  ['cleo', ['Team 1']],
  ['nobody', []],
])('lots are found by “%s”', async (words, found) => {
  await search(words);
  expect(lots()).toEqual(found);
  expect(screen.queryByText('No such lot.') !== null).toBe(found.length === 0);
});

test('lots are shown by how they stand', async () => {
  await show('sold');
  expect(lots()).toEqual(['Team 1']);
  await show('unsold');
  expect(lots()).toEqual(['Team 2', 'Team 3']);
  await search('team 3');
  expect(lots()).toEqual(['Team 3']);
});

test('regions show each seed with its owner', () => {
  fireEvent.click(screen.getByRole('button', { name: 'By region' }));
  const seeds = screen.getByRole('region', { name: 'East' }).querySelectorAll('li');
  expect([...seeds].map((it) => it.textContent)).toEqual([
    '1Team 1Cleo · $20',
    '2Team 2To come',
    '3Team 3To come',
  ]);
});
