import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccountProblem, type Cognito, cognito } from '../../src/account/cognito';

const RESULT = { IdToken: 'id', RefreshToken: 'refresh' };
const TOKENS = { tokens: { idToken: 'id', refreshToken: 'refresh' } };

let fetched: ReturnType<typeof vi.fn<typeof fetch>>;
let account: Cognito;

const answer = (body: unknown, status = 200) =>
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));

/** What was asked for last: the operation, and the request without the client's id. */
function asked(): [string | undefined, unknown] {
  const [, request] = fetched.mock.lastCall ?? [];
  const target = new Headers(request?.headers).get('X-Amz-Target');
  const { ClientId, ...body } = JSON.parse(String(request?.body)) as Record<string, unknown>;
  expect(ClientId).toBe('client');
  return [target?.split('.')[1], body];
}

beforeEach(() => {
  fetched = vi.fn<typeof fetch>();
  vi.stubGlobal('fetch', fetched);
  account = cognito({
    websocketUrl: '',
    cognitoUrl: 'https://cognito',
    userPoolClientId: 'client',
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('who signs in gets tokens', async () => {
  answer({ AuthenticationResult: RESULT });
  await expect(account.signIn('ann@example.com', 'secret')).resolves.toEqual(TOKENS);
  const parameters = { USERNAME: 'ann@example.com', PASSWORD: 'secret' };
  expect(asked()).toEqual([
    'InitiateAuth',
    { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters },
  ]);
});

test('who has a password for once is asked for one of their own', async () => {
  answer({ ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 'session' });
  await expect(account.signIn('ann@example.com', 'secret')).resolves.toEqual({
    newPasswordNeeded: { email: 'ann@example.com', session: 'session' },
  });
  answer({ AuthenticationResult: RESULT });
  await expect(account.chooseNewPassword('ann@example.com', 'new', 'session')).resolves.toEqual(
    TOKENS,
  );
  expect(asked()[1]).toMatchObject({
    Session: 'session',
    ChallengeResponses: { USERNAME: 'ann@example.com', NEW_PASSWORD: 'new' },
  });
});

test('a way of signing in that this page does not know is told', async () => {
  answer({ ChallengeName: 'SMS_MFA' });
  await expect(account.signIn('ann@example.com', 'secret')).rejects.toThrow('SMS_MFA');
});

test('a renewal brings a token, and a refresh token only if there is another', async () => {
  answer({ AuthenticationResult: { IdToken: 'fresh' } });
  await expect(account.refresh('refresh')).resolves.toEqual({
    idToken: 'fresh',
    refreshToken: null,
  });
  expect(asked()[1]).toMatchObject({ AuthParameters: { REFRESH_TOKEN: 'refresh' } });
});

test('a renewal that ends in a question is over', async () => {
  answer({ ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 'session' });
  await expect(account.refresh('refresh')).rejects.toMatchObject({
    code: 'NotAuthorizedException',
  });
});

const EMAIL = 'ann@example.com';

test.each([
  [
    'an account is made',
    () => account.signUp(EMAIL, 'secret'),
    'SignUp',
    { Username: EMAIL, Password: 'secret', UserAttributes: [{ Name: 'email', Value: EMAIL }] },
  ],
  [
    'an address is confirmed',
    () => account.confirm(EMAIL, '123'),
    'ConfirmSignUp',
    { Username: EMAIL, ConfirmationCode: '123' },
  ],
  [
    'another code is sent',
    () => account.sendCodeAgain(EMAIL),
    'ResendConfirmationCode',
    { Username: EMAIL },
  ],
  [
    'a forgotten password begins with a code',
    () => account.forgotPassword(EMAIL),
    'ForgotPassword',
    { Username: EMAIL },
  ],
  [
    'a forgotten password is replaced',
    () => account.resetPassword(EMAIL, '123', 'new'),
    'ConfirmForgotPassword',
    { Username: EMAIL, ConfirmationCode: '123', Password: 'new' },
  ],
  [
    'a refresh token is revoked',
    () => account.revoke('refresh'),
    'RevokeToken',
    { Token: 'refresh' },
  ],
] as const)('%s', async (_, act, operation, body) => {
  answer({});
  await act();
  expect(asked()).toEqual([operation, body]);
});

test.each([
  ['NotAuthorizedException', 'The e-mail address or the password is wrong.'],
  ['UserNotFoundException', 'The e-mail address or the password is wrong.'],
  ['com.amazonaws.cognito#CodeMismatchException', 'This is not the code that was sent.'],
  ['TooManyRequestsException', 'Too many attempts: wait a while.'],
  ['SomethingNewException', 'as Cognito says it'],
])('%s is said in words', async (type, words) => {
  answer({ __type: type, message: 'as Cognito says it' }, 400);
  const failure: unknown = await account.confirm(EMAIL, '123').catch((it: unknown) => it);
  expect(failure).toBeInstanceOf(AccountProblem);
  expect(failure).toMatchObject({ code: type.split('#').at(-1), message: words });
});

test('an answer that is not JSON is said by its number', async () => {
  fetched.mockResolvedValueOnce(new Response('<html>', { status: 503 }));
  await expect(account.refresh('refresh')).rejects.toMatchObject({
    code: 'Unknown',
    message: 'Cognito answered 503.',
  });
});
