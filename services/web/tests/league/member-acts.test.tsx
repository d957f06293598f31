// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemberActs } from '../../src/league/member-acts';
import type { League, LeagueMember } from '../../src/leagues/client';
import { FakeLeagues, renderWithin } from '../fakes/around';
import { refusal } from '../fakes/person';

const LEAGUE = { league_id: 'league', number: 0 } as League;
const ANN = { number: 3, name: 'Ann', role: 'bidder', version: 1, budget_cents: 5_000 };

let leagues: FakeLeagues;
let budget: HTMLInputElement;

beforeEach(() => {
  leagues = new FakeLeagues();
  renderWithin(leagues, <MemberActs league={LEAGUE} member={ANN as LeagueMember} />);
  budget = screen.getByLabelText('Budget of Ann, in dollars');
  fireEvent.change(budget, { target: { value: '70' } });
});

afterEach(cleanup);

test('a budget that somebody else changed is looked at before it is set', async () => {
  leagues.PUT.mockResolvedValueOnce(refusal(412, 'outdated'));
  fireEvent.click(screen.getByRole('button', { name: 'Set' }));
  await screen.findByText(/Somebody else changed this/);
  expect(budget.value).toBe('50');
});

test('a budget that could not be set for another reason stays typed', async () => {
  leagues.PUT.mockResolvedValueOnce(refusal(503, 'busy'));
  fireEvent.click(screen.getByRole('button', { name: 'Set' }));
  await screen.findByRole('alert');
  expect(budget.value).toBe('70');
});
