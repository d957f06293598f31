// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ResultsEntry } from '../../src/league/results-entry';
import { RoleChoice } from '../../src/league/role-choice';
import type { League, LeagueMember } from '../../src/leagues/client';
import { FakeLeagues, renderWithin } from '../fakes/around';
import { answer, refusal } from '../fakes/person';

const LEAGUE = { league_id: 'league' } as League;
const ANN = { number: 3, name: 'Ann', role: 'admin', version: 1 } as LeagueMember;

let leagues: FakeLeagues;

const button = (name: string) => screen.getByRole('button', { name });
const confirm = async (act: string) => {
  const dialog = await screen.findByRole('alertdialog');
  fireEvent.click(within(dialog).getByRole('button', { name: act }));
};

beforeEach(() => {
  leagues = new FakeLeagues();
  leagues.PUT.mockResolvedValue(answer({}));
});

afterEach(cleanup);

test('a role is given after a question, and not by being chosen', async () => {
  renderWithin(leagues, <RoleChoice league={LEAGUE} member={ANN} />);
  const role = screen.getByLabelText<HTMLSelectElement>('Role of Ann');
  fireEvent.change(role, { target: { value: 'spectator' } });
  fireEvent.click(button('Give Ann another role'));
  expect(leagues.PUT).not.toHaveBeenCalled();
  await confirm('Give the role');
  await waitFor(() => expect(leagues.PUT).toHaveBeenCalledOnce());
  expect(leagues.PUT.mock.calls[0]?.[1]).toMatchObject({ body: { role: 'spectator' } });
});

/** The form for results, with all of them typed anew and sent. */
async function replaceResults(): Promise<void> {
  const where = '/leagues/{league_id}';
  leagues.told.set(`${where}/results`, { games: [], awards: {} });
  leagues.told.set(`${where}/tournament`, { slots: [] });
  leagues.told.set(`${where}/settlement-rules`, {});
  renderWithin(leagues, <ResultsEntry leagueId="league" />);
  const file = await screen.findByLabelText(/all of them, one a line/);
  fireEvent.change(file, { target: { value: 'round\nFinal' } });
  fireEvent.click(button('Save the results'));
  expect(leagues.PUT).not.toHaveBeenCalled();
  await confirm('Replace them');
}

test('all results are replaced after a question', async () => {
  await replaceResults();
  await waitFor(() => expect(leagues.PUT).toHaveBeenCalledOnce());
  expect(leagues.PUT.mock.calls[0]?.[1]).toMatchObject({ body: { results_csv: 'round\nFinal' } });
});

test('results that somebody else saved are looked at before they are replaced', async () => {
  leagues.PUT.mockResolvedValueOnce(refusal(412, 'outdated'));
  await replaceResults();
  await screen.findByText(/Somebody else changed this/);
  await waitFor(() =>
    expect(button('Save the results').getAttribute('aria-disabled')).toBe('true'),
  );
});
