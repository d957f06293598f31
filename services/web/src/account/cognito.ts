/**
 * The few calls of Cognito's own API that a page needs, in plain JSON over HTTPS: the password goes
 * to Cognito and to nobody else. Names and answers: "Amazon Cognito user pools API reference".
 */
import type { Config } from '../config';

/** Something that the person who is signing in can do something about. */
export class AccountProblem extends Error {
  override readonly name = 'AccountProblem';
  /** Cognito's name of it, `NotAuthorizedException` for example. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Tokens {
  readonly idToken: string;
  /** Not there when it was the refresh token that brought these. */
  readonly refreshToken: string | null;
}

/** Signed in, or asked for a password of one's own first. */
export type SignedIn =
  | { readonly tokens: Tokens }
  | { readonly newPasswordNeeded: { readonly email: string; readonly session: string } };

export interface Cognito {
  signIn(email: string, password: string): Promise<SignedIn>;
  chooseNewPassword(email: string, password: string, session: string): Promise<SignedIn>;
  refresh(refreshToken: string): Promise<Tokens>;
  /** Ends what the refresh token began, everywhere. */
  revoke(refreshToken: string): Promise<void>;
  signUp(email: string, password: string): Promise<void>;
  confirm(email: string, code: string): Promise<void>;
  sendCodeAgain(email: string): Promise<void>;
  forgotPassword(email: string): Promise<void>;
  resetPassword(email: string, code: string, password: string): Promise<void>;
}

const WORDS: Readonly<Record<string, string>> = {
  NotAuthorizedException: 'The e-mail address or the password is wrong.',
  UserNotFoundException: 'The e-mail address or the password is wrong.',
  UserNotConfirmedException: 'Confirm your e-mail address first.',
  UsernameExistsException: 'There is an account with this e-mail address already: sign in.',
  CodeMismatchException: 'This is not the code that was sent.',
  ExpiredCodeException: 'The code is too old: have another one sent.',
  LimitExceededException: 'Too many attempts: wait a while.',
  TooManyRequestsException: 'Too many attempts: wait a while.',
  InvalidPasswordException:
    'A password has at least 12 characters, with upper and lower case letters and a digit.',
};

interface AuthAnswer {
  readonly AuthenticationResult?: { readonly IdToken: string; readonly RefreshToken?: string };
  readonly ChallengeName?: string;
  readonly Session?: string;
}

function signedIn(email: string, answer: AuthAnswer): SignedIn {
  const result = answer.AuthenticationResult;
  if (result) {
    return { tokens: { idToken: result.IdToken, refreshToken: result.RefreshToken ?? null } };
  }
  if (answer.ChallengeName === 'NEW_PASSWORD_REQUIRED') {
    return { newPasswordNeeded: { email, session: answer.Session ?? '' } };
  }
  throw new AccountProblem('Challenge', `${answer.ChallengeName} is not known to this page.`);
}

export function cognito({ cognitoUrl, userPoolClientId: ClientId }: Config): Cognito {
  async function call(operation: string, request: object): Promise<unknown> {
    const response = await fetch(`${cognitoUrl}/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify({ ClientId, ...request }),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const { __type = 'Unknown', message = `Cognito answered ${response.status}.` } = answer as {
      __type?: string;
      message?: string;
    };
    const code = __type.split('#').at(-1) ?? __type;
    throw new AccountProblem(code, WORDS[code] ?? message);
  }

  return {
    async signIn(email, password) {
      const answer = await call('InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      });
      return signedIn(email, answer as AuthAnswer);
    },
    async chooseNewPassword(email, password, session) {
      const answer = await call('RespondToAuthChallenge', {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD: password },
        Session: session,
      });
      return signedIn(email, answer as AuthAnswer);
    },
    async refresh(refreshToken) {
      const answer = (await call('InitiateAuth', {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: refreshToken },
      })) as AuthAnswer;
      const outcome = signedIn('', answer);
      if ('tokens' in outcome) return outcome.tokens;
      throw new AccountProblem('NotAuthorizedException', 'Sign in again.');
    },
    async revoke(refreshToken) {
      await call('RevokeToken', { Token: refreshToken });
    },
    async signUp(email, password) {
      await call('SignUp', {
        Username: email,
        Password: password,
        UserAttributes: [{ Name: 'email', Value: email }],
      });
    },
    async confirm(email, code) {
      await call('ConfirmSignUp', { Username: email, ConfirmationCode: code });
    },
    async sendCodeAgain(email) {
      await call('ResendConfirmationCode', { Username: email });
    },
    async forgotPassword(email) {
      await call('ForgotPassword', { Username: email });
    },
    async resetPassword(email, code, password) {
      await call('ConfirmForgotPassword', {
        Username: email,
        ConfirmationCode: code,
        Password: password,
      });
    },
  };
}
