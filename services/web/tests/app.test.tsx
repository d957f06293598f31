// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from '../src/app';
import type { App as Everything } from '../src/app-context';
import { answer, FakeSession, refusal } from './fakes/person';

vi.mock('../src/league/league-page', () => {
  throw new Error('a chunk that is gone');
});

let session: FakeSession;
const read = vi.fn<(path: string) => Promise<unknown>>();

const league = (name: string) => ({
  name,
  league_id: name,
  auction_id: name,
  tournament_name: 'Cup',
  role: 'bidder',
  auction_status: 'planned',
});

function open(place: string): void {
  window.location.hash = place;
  const everything = { session, cognito: {}, leagues: { GET: read } } as unknown as Everything;
  render(<App everything={everything} />);
}

beforeEach(() => {
  session = new FakeSession();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  read.mockReset();
  window.location.hash = '';
});

test('the next person in a tab sees nothing of the last one’s leagues', async () => {
  read.mockResolvedValueOnce(answer({ leagues: [league('Ann’s friends')] }));
  session.enter('ann@example.com');
  open('/');
  expect(await screen.findByText('Ann’s friends')).toBeTruthy();
  act(() => session.end());
  await screen.findByRole('heading', { name: 'Sign in' });
  read.mockReturnValueOnce(new Promise(() => undefined));
  act(() => session.enter('bob@example.com'));
  await screen.findByText('bob@example.com');
  expect(screen.queryByText('Ann’s friends')).toBeNull();
  expect(screen.getByText('Loading …')).toBeTruthy();
});

test('each page has a name of its own in the tab', async () => {
  document.title = 'The last auction';
  read.mockResolvedValueOnce(answer({ leagues: [] }));
  open('/');
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(document.title).toBe('Sign in · Calcutta');
  act(() => session.enter('ann@example.com'));
  await screen.findByText('You are in no league yet.');
  expect(document.title).toBe('My leagues · Calcutta');
});

test('what could not be read for a moment is read again by itself', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  read.mockResolvedValue(refusal(503, 'busy'));
  session.enter('ann@example.com');
  open('/');
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect((await screen.findByRole('alert')).textContent).toBe('busy');
  read.mockResolvedValue(answer({ leagues: [league('Ann’s friends')] }));
  await act(() => vi.advanceTimersByTimeAsync(30_000));
  expect(screen.getByText('Ann’s friends')).toBeTruthy();
});

test('a part of the page that cannot be loaded leaves a way on', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  session.enter('ann@example.com');
  open('/leagues/1');
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy();
  read.mockResolvedValueOnce(answer({ leagues: [league('Ann’s friends')] }));
  act(() => {
    window.location.hash = '/';
  });
  expect(await screen.findByText('Ann’s friends')).toBeTruthy();
});
