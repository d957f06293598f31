// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LotsTab } from '../../src/league/lots-tab';
import { FakeLeagues, renderWithin } from '../fakes/around';
import { answer, refusal } from '../fakes/person';

const LOTS = '/leagues/{league_id}/lots';
const lot = (name: string, seed: number) => ({
  name,
  lot_id: name,
  position: seed,
  slots: [{ slot_id: `slot-${name}`, region: 'East', seed, teams: [name] }],
});
const [ACORNS, BEARS, CROWS] = [lot('Acorns', 1), lot('Bears', 2), lot('Crows', 3)];

let leagues: FakeLeagues;

const button = (name: string) => screen.getByRole('button', { name });
const isOff = (name: string) => button(name).getAttribute('aria-disabled') === 'true';
const order = () => screen.getAllByRole('listitem').map((it) => it.textContent?.split(' ')[0]);
const saved = () =>
  leagues.PUT.mock.calls.map(
    ([, request]) => (request as { body: { lots: { name: string }[] } }).body.lots,
  );

beforeEach(async () => {
  leagues = new FakeLeagues();
  leagues.told.set(LOTS, { lots: [ACORNS, BEARS, CROWS] });
  renderWithin(leagues, <LotsTab leagueId="league" mayChange />);
  await screen.findByText('Acorns');
});

afterEach(cleanup);

test('lots are put into another order, and saved in it', async () => {
  leagues.PUT.mockResolvedValueOnce(answer({}));
  fireEvent.click(button('Acorns later'));
  expect(order()).toEqual(['Bears', 'Acorns', 'Crows']);
  fireEvent.click(button('Save'));
  await waitFor(() => expect(isOff('Save')).toBe(true));
  expect(saved()[0]?.map((it) => it.name)).toEqual(['Bears', 'Acorns', 'Crows']);
});

test('an order that somebody else saved is looked at before it is changed', async () => {
  leagues.PUT.mockResolvedValueOnce(refusal(412, 'outdated'));
  fireEvent.click(button('Acorns later'));
  leagues.told.set(LOTS, { lots: [CROWS, ACORNS, BEARS] });
  fireEvent.click(button('Save'));
  expect(await screen.findByText(/Somebody else changed this/)).toBeTruthy();
  await waitFor(() => expect(order()).toEqual(['Crows', 'Acorns', 'Bears']));
  expect(isOff('Save')).toBe(true);
  fireEvent.click(button('Save'));
  expect(leagues.PUT).toHaveBeenCalledOnce();
});

test('what could not be saved for another reason stays', async () => {
  leagues.PUT.mockResolvedValueOnce(refusal(503, 'busy'));
  fireEvent.click(button('Acorns later'));
  fireEvent.click(button('Save'));
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(order()).toEqual(['Bears', 'Acorns', 'Crows']);
  await waitFor(() => expect(isOff('Save')).toBe(false));
});
