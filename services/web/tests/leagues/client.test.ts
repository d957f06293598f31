// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../src/account/session';
import { ApiProblem, answered, isOutdated, isPassing, leaguesApi } from '../../src/leagues/client';

const session = {
  authorized: async (ask: (idToken: string) => Promise<Response>) => {
    const first = await ask('stale');
    return first.status === 401 ? ask('fresh') : first;
  },
} as Partial<Session> as Session;

let fetched: ReturnType<typeof vi.fn<typeof fetch>>;

beforeEach(() => {
  fetched = vi.fn<typeof fetch>();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const problem = (status: number, code: string) => {
  const body = JSON.stringify({ code, status, detail: code });
  return new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
};

async function failureOf(status: number, code: string): Promise<unknown> {
  fetched.mockResolvedValueOnce(problem(status, code));
  const outcome = await leaguesApi(session).GET('/leagues');
  try {
    return answered(outcome);
  } catch (failure) {
    return failure;
  }
}

test('a request whose token was refused is sent whole with a fresh one', async () => {
  fetched.mockResolvedValueOnce(problem(401, 'unauthorized'));
  fetched.mockResolvedValueOnce(new Response('{}', { status: 200 }));
  const body = { code: 'ABCDEFGHJKLM', member_name: 'Ann' };
  await leaguesApi(session).POST('/memberships', { body });
  const requests = fetched.mock.calls.map(([request]) => request as Request);
  expect(requests.map((it) => it.headers.get('Authorization'))).toEqual([
    'Bearer stale',
    'Bearer fresh',
  ]);
  await expect(requests[1]?.json()).resolves.toEqual(body);
});

test('a refusal is told from trouble that passes', async () => {
  const [refused, busy] = [await failureOf(404, 'not_found'), await failureOf(503, 'busy')];
  expect(refused).toBeInstanceOf(ApiProblem);
  expect([refused, busy, new TypeError('no network'), null].map(isPassing)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('what somebody else changed is told from other refusals', async () => {
  expect(isOutdated(await failureOf(412, 'outdated'))).toBe(true);
  expect(isOutdated(await failureOf(409, 'conflict'))).toBe(false);
});
