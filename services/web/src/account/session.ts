/** Who is signed in on this tab, with a token that is renewed before it ends. */
import { AccountProblem, type Cognito, type Tokens } from './cognito';

/** A token is renewed this long before it ends. */
const MARGIN_MS = 5 * 60 * 1000;
const KEY = 'calcutta.session';

/** With these Cognito ends a session; whatever else it says, it may say otherwise in a moment. */
const OVER: ReadonlySet<string> = new Set([
  'NotAuthorizedException',
  'UserNotFoundException',
  'PasswordResetRequiredException',
]);

/** Nobody is signed in, or not any more. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';

  constructor() {
    super('Sign in again.');
  }
}

export interface Person {
  readonly email: string;
}

interface Kept {
  readonly idToken: string;
  readonly refreshToken: string | null;
}

interface Claims {
  readonly email: string;
  /** UTC epoch seconds. */
  readonly exp: number;
  readonly iat: number;
}

/** The tab's own storage: it outlives a reload, and ends with the tab. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class Session {
  readonly #cognito: Pick<Cognito, 'refresh' | 'revoke'>;
  readonly #store: Store;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  #kept: Kept | null;
  #person: Person | null;
  #receivedAtMs: number | null = null;
  #renewing: { readonly of: Kept; readonly token: Promise<string> } | null = null;

  constructor(
    cognito: Pick<Cognito, 'refresh' | 'revoke'>,
    store: Store,
    nowMs: () => number = Date.now,
  ) {
    this.#cognito = cognito;
    this.#store = store;
    this.#nowMs = nowMs;
    this.#kept = read(store);
    this.#person = this.#kept && { email: claimsOf(this.#kept.idToken).email };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Who is signed in; the same object as long as it is the same person. */
  readonly getPerson = (): Person | null => this.#person;

  begin(tokens: Tokens): void {
    this.#keep({ idToken: tokens.idToken, refreshToken: tokens.refreshToken });
    this.#person = { email: claimsOf(tokens.idToken).email };
    this.#tell();
  }

  end(): void {
    const refreshToken = this.#kept?.refreshToken;
    // Nothing can be done if it fails: the token is forgotten here, and ends by itself.
    if (refreshToken) void this.#cognito.revoke(refreshToken).catch(() => undefined);
    this.#forget();
  }

  /**
   * A token that is valid for some minutes. Rejects with `SignedOut` if one has to sign in again,
   * which ends the session, or with what else went wrong, which does not.
   */
  idToken(): Promise<string> {
    const kept = this.#kept;
    if (!kept) return Promise.reject(new SignedOut());
    return this.#isEnding(kept.idToken) ? this.#renewed(kept) : Promise.resolve(kept.idToken);
  }

  /**
   * What an API answers to `ask` with a token. One that it refuses (401) is renewed and tried once
   * more; if it refuses that too, the session is over. Rejects as `idToken` does.
   */
  async authorized(ask: (idToken: string) => Promise<Response>): Promise<Response> {
    const person = this.#person;
    const isStillIn = () => person !== null && this.#person === person;
    const idToken = await this.idToken();
    const first = await ask(idToken);
    if (first.status !== 401 || !this.#kept || !isStillIn()) return first;
    const isNewer = this.#kept.idToken !== idToken;
    const second = await ask(isNewer ? this.#kept.idToken : await this.#renewed(this.#kept));
    if (second.status === 401 && isStillIn()) this.end();
    return second;
  }

  /** Renewed once for all who ask. */
  #renewed(kept: Kept): Promise<string> {
    if (this.#renewing?.of !== kept) {
      const token = this.#renew(kept).finally(() => {
        if (this.#renewing?.of === kept) this.#renewing = null;
      });
      this.#renewing = { of: kept, token };
    }
    return this.#renewing.token;
  }

  async #renew(kept: Kept): Promise<string> {
    const { refreshToken } = kept;
    // whoever signs out meanwhile stays signed out, and whoever signs in keeps their own
    const isStillIn = () => this.#kept === kept;
    try {
      if (!refreshToken) throw new SignedOut();
      const tokens = await this.#cognito.refresh(refreshToken);
      if (!isStillIn()) throw new SignedOut();
      this.#keep({
        idToken: tokens.idToken,
        refreshToken: tokens.refreshToken ?? refreshToken,
      });
      return tokens.idToken;
    } catch (failure) {
      if (!isOver(failure)) throw failure;
      if (isStillIn()) this.#forget();
      throw new SignedOut();
    }
  }

  /** A local clock that is wrong would make a fresh token look old: then its age is counted here. */
  #isEnding(token: string): boolean {
    const { exp, iat } = claimsOf(token);
    const lifetimeMs = (exp - iat) * 1000;
    const bornMs = this.#receivedAtMs ?? iat * 1000;
    return this.#nowMs() > bornMs + lifetimeMs - MARGIN_MS;
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#receivedAtMs = this.#nowMs();
    this.#store.setItem(KEY, JSON.stringify(kept));
  }

  #forget(): void {
    this.#kept = null;
    this.#person = null;
    this.#store.removeItem(KEY);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function isOver(failure: unknown): boolean {
  if (failure instanceof AccountProblem) return OVER.has(failure.code);
  return failure instanceof SignedOut;
}

function read(store: Store): Kept | null {
  try {
    const kept = JSON.parse(store.getItem(KEY) ?? 'null') as Kept | null;
    if (kept) claimsOf(kept.idToken);
    return kept;
  } catch {
    return null;
  }
}

function claimsOf(token: string): Claims {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(payload), (it) => it.codePointAt(0) ?? 0);
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
}
