import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AccountProblem, type Cognito, type Tokens } from '../../src/account/cognito';
import { Session, SignedOut } from '../../src/account/session';

const HOUR_S = 3_600;

let nowMs: number;
let kept: Map<string, string>;
const store = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
const cognito = {
  refresh: vi.fn<Cognito['refresh']>(),
  revoke: vi.fn<Cognito['revoke']>(() => Promise.resolve()),
};

function token(bornMs = nowMs): string {
  const iat = Math.floor(bornMs / 1000);
  const claims = { email: 'jörg@example.com', iat, exp: iat + HOUR_S };
  return `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

const session = () => new Session(cognito, store, () => nowMs);

beforeEach(() => {
  nowMs = 1_700_000_000_000;
  kept = new Map();
  cognito.refresh.mockReset();
  cognito.revoke.mockClear();
});

test('is nobody’s at first', async () => {
  expect(session().getPerson()).toBeNull();
  await expect(session().idToken()).rejects.toBeInstanceOf(SignedOut);
});

test('outlives a reload of the page', async () => {
  session().begin({ idToken: token(), refreshToken: 'r' });
  const again = session();
  expect(again.getPerson()).toEqual({ email: 'jörg@example.com' });
  await expect(again.idToken()).resolves.toBe(token());
});

test('renews its token before it ends, once for all who ask', async () => {
  const it = session();
  it.begin({ idToken: token(), refreshToken: 'r' });
  nowMs += 56 * 60 * 1000;
  const fresh = token();
  cognito.refresh.mockResolvedValue({ idToken: fresh, refreshToken: null });
  await expect(Promise.all([it.idToken(), it.idToken()])).resolves.toEqual([fresh, fresh]);
  expect(cognito.refresh.mock.calls).toEqual([['r']]);
  await expect(it.idToken()).resolves.toBe(fresh);
});

test('believes a fresh token though the local clock is a day ahead', async () => {
  const it = session();
  const idToken = token(nowMs - 24 * HOUR_S * 1000);
  it.begin({ idToken, refreshToken: 'r' });
  await expect(it.idToken()).resolves.toBe(idToken);
});

test('ends when Cognito says so, and not when there is no network', async () => {
  const it = session();
  const told = vi.fn<() => void>();
  it.begin({ idToken: token(), refreshToken: 'r' });
  it.subscribe(told);
  nowMs += HOUR_S * 1000;
  cognito.refresh.mockRejectedValueOnce(new TypeError('no network'));
  await expect(it.idToken()).rejects.toThrow('no network');
  expect(it.getPerson()).not.toBeNull();
  cognito.refresh.mockRejectedValueOnce(new AccountProblem('NotAuthorizedException', 'over'));
  await expect(it.idToken()).rejects.toBeInstanceOf(SignedOut);
  expect(it.getPerson()).toBeNull();
  expect(told).toHaveBeenCalledOnce();
  expect(kept.size).toBe(0);
});

test('revokes its token when somebody signs out', () => {
  const it = session();
  it.begin({ idToken: token(), refreshToken: 'r' });
  it.end();
  expect(cognito.revoke.mock.calls).toEqual([['r']]);
  expect(it.getPerson()).toBeNull();
});

/** A session whose token is about to end. */
function ending(): Session {
  const it = session();
  it.begin({ idToken: token(), refreshToken: 'r' });
  nowMs += HOUR_S * 1000;
  return it;
}

/** A renewal that is under way; what is returned ends it. */
function renewing(): () => void {
  let bring: ((tokens: Tokens) => void) | undefined;
  cognito.refresh.mockReturnValueOnce(new Promise((resolve) => (bring = resolve)));
  return () => bring?.({ idToken: token(), refreshToken: null });
}

test.each(['TooManyRequestsException', 'InternalErrorException', 'Unknown'])(
  'goes on when Cognito answers a renewal with %s',
  async (code) => {
    const it = ending();
    cognito.refresh.mockRejectedValueOnce(new AccountProblem(code, 'a moment'));
    await expect(it.idToken()).rejects.toThrow('a moment');
    expect(it.getPerson()).not.toBeNull();
    const fresh = token();
    cognito.refresh.mockResolvedValueOnce({ idToken: fresh, refreshToken: null });
    await expect(it.idToken()).resolves.toBe(fresh);
  },
);

test('stays over when a renewal comes back after somebody signed out', async () => {
  const it = ending();
  const bring = renewing();
  const asked = it.idToken();
  it.end();
  bring();
  await expect(asked).rejects.toBeInstanceOf(SignedOut);
  expect(kept.size).toBe(0);
  expect(session().getPerson()).toBeNull();
});

test('is the next person’s, whatever a renewal of the last one’s brings', async () => {
  const it = ending();
  const bring = renewing();
  const asked = it.idToken();
  it.end();
  const theirs = token();
  it.begin({ idToken: theirs, refreshToken: 'theirs' });
  bring();
  await expect(asked).rejects.toBeInstanceOf(SignedOut);
  await expect(it.idToken()).resolves.toBe(theirs);
  expect(it.getPerson()).not.toBeNull();
});

describe('an API that refuses the token', () => {
  const asked = vi.fn<(idToken: string) => Promise<Response>>();
  const answers = (...statuses: number[]) => {
    asked.mockReset();
    for (const status of statuses) {
      asked.mockResolvedValueOnce(new Response(null, { status }));
    }
  };

  test('is asked once more with a fresh one', async () => {
    const it = session();
    it.begin({ idToken: token(), refreshToken: 'r' });
    cognito.refresh.mockResolvedValueOnce({ idToken: 'a.e30.fresh', refreshToken: null });
    answers(401, 200);
    expect((await it.authorized(asked)).status).toBe(200);
    expect(asked.mock.lastCall).toEqual(['a.e30.fresh']);
    expect(it.getPerson()).not.toBeNull();
  });

  test('ends the session when it refuses the fresh one too', async () => {
    const it = session();
    it.begin({ idToken: token(), refreshToken: 'r' });
    cognito.refresh.mockResolvedValueOnce({ idToken: 'a.e30.fresh', refreshToken: null });
    answers(401, 401);
    expect((await it.authorized(asked)).status).toBe(401);
    expect(it.getPerson()).toBeNull();
  });

  test('hears nothing more once somebody signed out', async () => {
    const it = session();
    it.begin({ idToken: token(), refreshToken: 'r' });
    answers(401);
    const answer = it.authorized(asked);
    it.end();
    expect((await answer).status).toBe(401);
    expect(asked).toHaveBeenCalledOnce();
  });
});
