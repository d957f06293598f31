// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import LeaguePage from '../../src/league/league-page';
import { FakeLeagues, renderWithin } from '../fakes/around';

afterEach(cleanup);

test('the tab of a league has its name', async () => {
  document.title = 'The last auction';
  const leagues = new FakeLeagues();
  const friends = { league_id: 'league', name: 'Friends', role: 'bidder' };
  leagues.told.set('/leagues', { leagues: [{ ...friends, auction_status: 'planned' }] });
  renderWithin(leagues, <LeaguePage leagueId="league" />);
  await screen.findByRole('heading', { name: 'Friends' });
  expect(document.title).toBe('Friends · Calcutta');
});
