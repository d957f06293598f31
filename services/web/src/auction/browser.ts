/** The auction's client over what a browser has: fetch, WebSocket, the clock. */
import { type Session, SignedOut } from '../account/session';
import type { Config } from '../config';
import { AuctionClient } from './client';
import { Refused, RoomFull, type Socket } from './link';

/** A handshake that hangs for longer is given up. */
const PATIENCE_MS = 10_000;

/**
 * A client for one auction; `start` and `stop` it. `takeTicket` hands over a ticket that came from
 * elsewhere, once; null if there is none, and one has to be asked for.
 */
export function auctionClient(
  config: Config,
  session: Session,
  auctionId: string,
  takeTicket: () => string | null,
): AuctionClient {
  return new AuctionClient({
    openSocket: async () => {
      const ticket = takeTicket() ?? (await fetchTicket(session, auctionId));
      const query = new URLSearchParams({ auction: auctionId, ticket });
      return open(new WebSocket(`${config.websocketUrl}?${query}`));
    },
    // Not Date.now(): that jumps when the computer's clock is set.
    nowMs: () => Math.round(performance.timeOrigin + performance.now()),
    random: Math.random,
    newId: () => crypto.randomUUID(),
  });
}

async function fetchTicket(session: Session, auctionId: string): Promise<string> {
  const response = await session
    .authorized((idToken) =>
      fetch(`/auctions/${encodeURIComponent(auctionId)}/tickets`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${idToken}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
    )
    .catch((failure: unknown) => {
      throw failure instanceof SignedOut ? new Refused(failure.message) : failure;
    });
  if (response.ok) return ((await response.json()) as { ticket: string }).ticket;
  if (response.status === 401) throw new Refused('Sign in again.');
  if (response.status === 404) throw new Refused('There is no such auction, or not for you.');
  if (response.status === 409) throw new RoomFull('There is no free seat.');
  throw new Error(`the server answered ${response.status}`);
}

function open(webSocket: WebSocket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = {
      send: (text) => {
        if (webSocket.readyState === WebSocket.OPEN) webSocket.send(text);
      },
      close: () => webSocket.close(),
      onText: () => undefined,
      onClose: () => undefined,
    };
    const patience = setTimeout(() => webSocket.close(), PATIENCE_MS);
    webSocket.addEventListener('open', () => {
      clearTimeout(patience);
      resolve(socket);
    });
    webSocket.addEventListener('message', ({ data }) => socket.onText(String(data)));
    webSocket.addEventListener('close', ({ reason }) => {
      clearTimeout(patience);
      reject(new Error('no connection'));
      socket.onClose(reason || 'the connection was lost');
    });
  });
}
