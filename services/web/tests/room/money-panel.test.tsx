// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuctionClient } from '../../src/auction/client';
import { MinePanel, PoolPanel } from '../../src/room/money-panel';
import { ScreenPage } from '../../src/room/screen-page';
import { FakeLeagues, happen, renderInRoom, saleOf, settle } from '../fakes/around';
import { clientOf, FakeServer } from '../fakes/server';

vi.mock('../../src/room/seed-chart', () => ({ default: () => null }));

const LEAGUE = { league_id: 'league', auction_id: 'auction', name: 'Friends', role: 'bidder' };
const RULES = {
  fee: { basis_points: 200 },
  tax: [{ from_cents: 5_000, basis_points: 1_000 }],
  payouts: [
    { name: 'Final Four', round: 'Final Four', basis_points: 2_000 },
    { name: 'Biggest upset', round: null, fixed_cents: 500 },
  ],
};

let server: FakeServer;
let client: AuctionClient;
let leagues: FakeLeagues;

/** Ben, who looks at this, has Team 1 for $60.10, and Cleo Team 2 for $20. */
async function show(part: React.ReactNode): Promise<void> {
  renderInRoom(client, leagues, part);
  await settle();
  await happen(server, ...saleOf('lot-1', 1, 6_010), ...saleOf('lot-2', 2, 2_000));
}

const figure = (name: string) =>
  screen.getByRole('rowheader', { name }).parentElement?.lastElementChild?.textContent;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
  server = new FakeServer();
  client = clientOf(server);
  client.start();
  leagues = new FakeLeagues();
  leagues.told.set('/leagues', { leagues: [LEAGUE] });
  leagues.told.set('/leagues/{league_id}/settlement-rules', RULES);
});

afterEach(() => {
  cleanup();
  client.stop();
  vi.useRealTimers();
});

test('my teams are shown with what they cost me, tax included', async () => {
  await show(<MinePanel auctionId="auction" />);
  expect(figure('Team 1')).toBe('$60.10');
  expect(screen.queryByRole('rowheader', { name: 'Team 2' })).toBeNull();
  expect(['Prices', 'Tax', 'Total buy-in', 'Left to spend'].map(figure)).toEqual([
    '$60.10',
    '$1.01',
    '$61.11',
    '$439.90',
  ]);
});

test('the prize pool is shown with its fee, and with what a win would pay', async () => {
  await show(<PoolPanel auctionId="auction" />);
  expect(['Prices', 'Taxes', 'Prize pool', 'Fee', 'To be paid out'].map(figure)).toEqual([
    '$80.10',
    '$1.01',
    '$81.11',
    '-$1.62',
    '$79.49',
  ]);
  expect(figure('Biggest upset')).toBe('$5');
});

test('the big screen shows the prize pool before the fee', async () => {
  await show(<ScreenPage auctionId="auction" />);
  expect(screen.getByRole('banner').textContent).toContain('Prize pool $81.11');
});

test.each([
  ['cannot be read', () => leagues.told.delete('/leagues/{league_id}/settlement-rules')],
  ['Loading', () => leagues.told.set('/leagues', new Promise(() => undefined))],
  ['shown to the league’s members', () => leagues.told.set('/leagues', { leagues: [] })],
] as const)('figures that nobody knows are left out, and it says why: %s', async (why, when) => {
  when();
  await show(
    <>
      <MinePanel auctionId="auction" />
      <ScreenPage auctionId="auction" />
    </>,
  );
  expect(['Prices', 'Tax', 'Total buy-in'].map(figure)).toEqual(['$60.10', '–', '–']);
  expect(screen.getByRole('banner').textContent).toContain('Prize pool –');
  expect(screen.getAllByText(new RegExp(why))).toHaveLength(2);
  cleanup();
  renderInRoom(client, leagues, <PoolPanel auctionId="auction" />);
  await settle();
  expect(['Prices', 'Prize pool', 'To be paid out'].map(figure)).toEqual(['$80.10', '–', '–']);
});
