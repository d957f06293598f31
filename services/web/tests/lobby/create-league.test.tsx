// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CreateLeague } from '../../src/lobby/create-league';
import { FakeLeagues, renderWithin } from '../fakes/around';
import { answer } from '../fakes/person';

const TEAMS = 'region,seed,team,play_in\nEast,1,Purdue,no\n';

let leagues: FakeLeagues;

const type = (label: RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

async function create(times: number): Promise<string[]> {
  fireEvent.click(screen.getByRole('button', { name: 'Create' }));
  await waitFor(() => expect(leagues.POST).toHaveBeenCalledTimes(times));
  await screen.findByText('no answer');
  return leagues.POST.mock.calls.map(([, request]) => {
    const { params } = request as { params: { header: Record<string, string> } };
    return params.header['Idempotency-Key'] ?? '';
  });
}

beforeEach(() => {
  leagues = new FakeLeagues();
  leagues.POST.mockImplementation(() => Promise.reject(new Error('no answer')));
  renderWithin(leagues, <CreateLeague />);
  type(/^Its name/, 'Friends');
  type(/^Your name/, 'Ann');
  type(/^Tournament/, 'Cup');
  type(/^or typed/, TEAMS);
});

afterEach(cleanup);

test('a league whose answer got lost is asked for once more, and not a second one', async () => {
  await create(1);
  const [first, second] = await create(2);
  expect(first).toBe(second);
});

test('what was changed after an answer got lost is another league', async () => {
  await create(1);
  type(/^Its name/, 'Old friends');
  const [first, second] = await create(2);
  expect(first).not.toBe(second);
});

test('a preview goes when what it is of is changed', async () => {
  const seen = { teams: 1, slots: 1, lots: 1, problems: [] };
  leagues.POST.mockImplementation(() => Promise.resolve(answer(seen)));
  fireEvent.click(screen.getByRole('button', { name: 'Preview' }));
  expect(await screen.findByText('1 teams, 1 slots, 1 lots')).toBeTruthy();
  type(/^or typed/, `${TEAMS}East,2,Rice,no\n`);
  await waitFor(() => expect(screen.queryByText('1 teams, 1 slots, 1 lots')).toBeNull());
});
