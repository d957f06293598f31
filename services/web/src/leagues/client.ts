/** The leagues' API, typed by its document. It answers under the page's own address. */
import createClient, { type Client } from 'openapi-fetch';
import type { Session } from '../account/session';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type League = Schemas['League'];
export type LeagueMember = Schemas['LeagueMember'];
export type LeagueRules = Schemas['LeagueRules'];
export type PayoutRule = Schemas['PayoutRule'];
export type Settlement = Schemas['Settlement'];
export type SettlementRules = Schemas['SettlementRules'];
export type Problem = Schemas['Problem'];

export type Leagues = Client<paths>;

/** The API refused; `problem` says why, with a stable code. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export function leaguesApi(session: Session): Leagues {
  return createClient<paths>({
    baseUrl: location.origin,
    fetch: (request) =>
      session.authorized((idToken) => {
        const asked = request.clone();
        asked.headers.set('Authorization', `Bearer ${idToken}`);
        return fetch(asked);
      }),
  });
}

/** What openapi-fetch hands over. */
export interface Outcome<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** Somebody else was faster: what was to be changed is another by now. */
export function isOutdated(failure: unknown): boolean {
  return failure instanceof ApiProblem && failure.problem.code === 'outdated';
}

/** The same may be answered otherwise in a moment: no network, or the server's own trouble. */
export function isPassing(failure: unknown): boolean {
  if (failure instanceof ApiProblem) return failure.problem.status >= 500;
  return failure instanceof Error;
}

/** What was answered; throws `ApiProblem` for a refusal. */
export function answered<Data>({ data, error, response }: Outcome<Data>): Data {
  if (response.ok) return data as Data;
  const said = error as Partial<Problem> | undefined;
  throw new ApiProblem({
    type: 'about:blank',
    title: 'Failed',
    status: response.status,
    detail: `The server answered ${response.status}.`,
    code: 'internal_error' as Problem['code'],
    ...said,
  });
}
