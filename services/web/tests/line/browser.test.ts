import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../src/account/session';
import { auctionLine } from '../../src/line/browser';
import type { Line } from '../../src/line/line';
import { LineProblem } from '../../src/line/line';

const session = { idToken: () => Promise.resolve('token-1') } as Session;

let fetched: ReturnType<typeof vi.fn<typeof fetch>>;
let line: Line;

const answer = (status: number, body: unknown) =>
  fetched.mockResolvedValue(new Response(JSON.stringify(body), { status }));

beforeEach(() => {
  fetched = vi.fn<typeof fetch>();
  vi.stubGlobal('fetch', fetched);
  line = auctionLine(session, 'a/1');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ['join', 'POST', '/auctions/a%2F1/queue'],
  ['me', 'GET', '/auctions/a%2F1/queue/me'],
  ['leave', 'DELETE', '/auctions/a%2F1/queue/me'],
] as const)('%s is asked with the token', async (act, method, path) => {
  answer(200, { state: 'left' });
  await line[act]();
  const [asked, request] = fetched.mock.calls[0] ?? [];
  expect([asked, request?.method]).toEqual([path, method]);
  expect(request?.headers).toEqual({ Authorization: 'Bearer token-1' });
});

test('what everybody may read is asked for without a token', async () => {
  answer(200, { served: 3 });
  expect(await line.serving()).toEqual({ served: 3 });
  const [asked, request] = fetched.mock.calls[0] ?? [];
  expect(asked).toBe('/auctions/a%2F1/queue/serving');
  expect(request?.headers).toBeUndefined();
});

test('what is left out of a turn is not known', async () => {
  answer(200, { state: 'waiting' });
  const unknown = { number: null, early: null, place: null, ticket: null, joined_at_ms: null };
  expect(await line.join()).toEqual({ state: 'waiting', ...unknown });
});

test.each([
  [404, 'not_found'],
  [409, 'lobby_not_open'],
  [410, 'lobby_closed'],
])('a refusal with status %i says why by its code', async (status, code) => {
  answer(status, { code, message: 'no' });
  const refusal = await line.join().catch((failure: unknown) => failure);
  expect(refusal).toBeInstanceOf(LineProblem);
  expect(refusal).toHaveProperty('code', code);
});

test.each([429, 500, 503])('after status %i the same may be asked again', async (status) => {
  answer(status, { message: 'later' });
  const failure = await line.join().catch((it: unknown) => it);
  expect(failure).toBeInstanceOf(Error);
  expect(failure).not.toBeInstanceOf(LineProblem);
});
