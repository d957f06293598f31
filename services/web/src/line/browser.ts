/** The line over fetch: its API answers under the page's own address. */
import type { Session } from '../account/session';
import { type Line, LineProblem, type Serving, type Told, type Turn } from './line';

/** A question that hangs for longer is given up. */
const PATIENCE_MS = 10_000;
/** With these the same question may be answered otherwise in a moment. */
const PASSING = new Set([408, 425, 429]);

const WORDS: Readonly<Record<number, string>> = {
  401: 'Sign in again.',
  404: 'There is no such auction, or no line for it.',
  429: 'Very many people are coming at once.',
};

export function auctionLine(session: Session, auctionId: string): Line {
  const queue = `/auctions/${encodeURIComponent(auctionId)}/queue`;

  async function mine(path: string, method: string): Promise<Turn> {
    const headers = { Authorization: `Bearer ${await session.idToken()}` };
    return turnIn(await ask<Told>(path, { method, headers }));
  }

  return {
    join: () => mine(queue, 'POST'),
    me: () => mine(`${queue}/me`, 'GET'),
    leave: () => mine(`${queue}/me`, 'DELETE'),
    // Without a token: what caches keep is for everybody.
    serving: () => ask<Serving>(`${queue}/serving`, {}),
  };
}

async function ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(path, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.ok) return (await response.json()) as Answer;
  const said = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  const words = WORDS[response.status] ?? said.message ?? `The server answered ${response.status}.`;
  if (response.status >= 500 || PASSING.has(response.status)) throw new Error(words);
  throw new LineProblem(said.code ?? '', words);
}

function turnIn(told: Told): Turn {
  const {
    state,
    number = null,
    early = null,
    place = null,
    ticket = null,
    joined_at_ms = null,
  } = told;
  return { state, number, early, place, ticket, joined_at_ms };
}
