// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppContext, type App } from '../../src/app-context';
import WaitingPage from '../../src/line/waiting-page';
import { FakeLine, FIFTH, OPEN, SEED, WAITING } from '../fakes/line';

let line: FakeLine;
let tickets: string[];

vi.mock('../../src/line/browser', () => ({ auctionLine: () => line }));

const settle = (ms = 100) => act(() => vi.advanceTimersByTimeAsync(ms));
const announced = () => screen.getByTestId('line-announced').textContent;

async function show(): Promise<void> {
  render(
    <AppContext value={{} as App}>
      <WaitingPage auctionId="a" title="Cup" onAdmitted={(ticket) => tickets.push(ticket)} />
    </AppContext>,
  );
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  line = new FakeLine();
  tickets = [];
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('who waits sees place, people ahead, wait and progress', async () => {
  line.told = { ...OPEN, served: 1, per_minute: { low: 1, high: 3 } };
  await show();
  expect(screen.getByText('Your place').nextSibling?.textContent).toBe('5');
  expect(screen.getByText('Ahead of you').nextSibling?.textContent).toBe('3 people');
  expect(screen.getByText('Expected wait').nextSibling?.textContent).toBe('1 to 3 minutes');
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.2');
  expect(document.title).toBe('3 ahead · Cup · Calcutta');
});

test('a wait that nobody knows is said to be unknown', async () => {
  await show();
  expect(screen.getByText('Expected wait').nextSibling?.textContent).toBe('unknown');
});

test('before the doors open one sees when they do, and that the lot decides', async () => {
  line.turn = { ...WAITING, number: 2, early: true };
  line.told = { ...OPEN, status: 'gathering', seed: null, early: null, doors_at_ms: 90_000 };
  await show();
  expect(screen.getByText('Doors open at')).toBeDefined();
  expect(screen.getByText(/same chance/)).toBeDefined();
  expect(screen.queryByRole('progressbar')).toBeNull();
});

test('who is not counted yet sees how many wait, and what they can rely on', async () => {
  line.turn = WAITING;
  line.told = { ...OPEN, numbered_until_ms: 0, waiting: 240_000 };
  await show();
  expect(screen.getByText('Waiting with you').nextSibling?.textContent).toBe('240,000 people');
  expect(screen.getByText(/You have a place/)).toBeDefined();
  expect(screen.queryByText('Your number')).toBeNull();
});

test('how long a seat is kept is what the room says', async () => {
  line.told = { ...OPEN, seat_claim_ms: 90_000 };
  await show();
  expect(screen.getByText(/then kept for 90 seconds/)).toBeDefined();
  line.serve(5);
  line.turn = { ...WAITING, state: 'expired' };
  await settle(6_000);
  expect(screen.getByText(/It was kept for 90 seconds/)).toBeDefined();
});

test('once the order is drawn, what it was drawn from is shown', async () => {
  await show();
  expect(screen.getByText(SEED)).toBeDefined();
});

test('what is announced changes when it is worth it, and says what is new', async () => {
  line.turn = { ...FIFTH, place: 90 };
  await show();
  expect(announced()).toBe('At most 100 people are ahead of you.');
  line.serve(10);
  await settle(6_000);
  expect(announced()).toBe('At most 100 people are ahead of you.');
  line.serve(89);
  await settle(6_000);
  expect(announced()).toBe('You are next.');
});

test('a pause is said, and that the place is kept', async () => {
  line.told = { ...OPEN, status: 'paused' };
  await show();
  expect(screen.getByText('Nobody is let in at the moment. Your place is kept.')).toBeDefined();
  expect(announced()).toBe('The line is paused. Your place is kept.');
});

test('whose turn it is has the ticket handed on', async () => {
  await show();
  line.serve(5);
  line.turn = { ...WAITING, state: 'admitted', ticket: 'ticket-1' };
  await settle(6_000);
  expect(tickets).toEqual(['ticket-1']);
  expect(screen.getByRole('heading', { level: 2 }).textContent).toMatch(/your turn/);
});

test('whose seat was given away may join again', async () => {
  await show();
  line.serve(5);
  line.turn = { ...WAITING, state: 'expired' };
  await settle(6_000);
  line.turn = { ...FIFTH, number: 9, place: 9 };
  fireEvent.click(screen.getByRole('button', { name: 'Join again' }));
  await settle();
  expect(screen.getByText('Your place').nextSibling?.textContent).toBe('9');
});

test('leaving is asked about first', async () => {
  await show();
  fireEvent.click(screen.getByRole('button', { name: 'Leave the line' }));
  await settle();
  expect(line.count('leave')).toBe(0);
  const dialog = screen.getByRole('alertdialog');
  const [, leave] = dialog.querySelectorAll('button');
  fireEvent.click(leave as HTMLButtonElement);
  await settle();
  expect(line.count('leave')).toBe(1);
  expect(announced()).toBe('You left the line');
});

test('a page that is seen again asks at once', async () => {
  await show();
  const before = line.count('serving');
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(line.count('serving')).toBe(before + 1);
});
