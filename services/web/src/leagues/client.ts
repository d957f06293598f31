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
  const client = createClient<paths>({ baseUrl: location.origin });
  client.use({
    async onRequest({ request }) {
      request.headers.set('Authorization', `Bearer ${await session.idToken()}`);
      return request;
    },
  });
  return client;
}

interface Outcome<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
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
