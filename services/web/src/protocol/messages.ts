/** The protocol's messages by name; what they are is generated into `schema.ts`. */
import { REPLIES, type RIGHTS } from './facts';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Action = keyof typeof RIGHTS;
export type AuctionStatus = NonNullable<Schemas['State']['status']>;
export type Chat = Schemas['Chat'];
export type CurrentLot = Schemas['CurrentLot'];
export type EventInPlace = Schemas['EventInPlace'];
export type Event = EventInPlace['event'];
export type Lot = Schemas['Lot'];
export type LotState = Schemas['LotState'];
export type LotStatus = LotState['status'];
export type Member = Schemas['Member'];
export type Present = Schemas['Present'];
export type Refused = Schemas['RefusedReply'];
export type Role = Member['role'];
export type Rules = Schemas['Rules'];
export type SeenBid = Schemas['SeenBid'];
export type Slot = Schemas['Slot'];
export type State = Schemas['State'];
export type EventReply = Schemas['EventReply'];
export type Pong = Schemas['Pong'];

export type Reply =
  | Schemas['Accepted']
  | Refused
  | EventReply
  | Chat
  | Schemas['ChatSent']
  | State
  | Schemas['Presence']
  | Pong;

/** What a request is answered with. An event answers the request that caused it, as accepted. */
export type Answer = Exclude<Reply, EventReply | Chat>;

export type Command =
  | Schemas['OpenAuction']
  | Schemas['NextLot']
  | Schemas['PlaceBid']
  | Schemas['SetMaximum']
  | Schemas['Hammer']
  | Schemas['PassLot']
  | Schemas['UndoBid']
  | Schemas['ResetLot']
  | Schemas['ResetClock']
  | Schemas['Pause']
  | Schemas['SetAutoNext']
  | Schemas['Resume']
  | Schemas['CloseAuction']
  | Schemas['ReopenAuction']
  | Schemas['SendChat']
  | Schemas['GetState']
  | Schemas['WhoIsHere']
  | Schemas['Ping'];

/** A command before it gets its request id. */
export type Request = Command extends infer One
  ? One extends Command
    ? Omit<One, 'request_id'>
    : never
  : never;

const known: ReadonlySet<string> = new Set(REPLIES);

/**
 * The message in a frame, or null for what is none: API Gateway says "Internal server error" in
 * words of its own, and a newer server may say things that this page does not know.
 */
export function parseReply(frame: string): Reply | null {
  let found: unknown;
  try {
    found = JSON.parse(frame);
  } catch {
    return null;
  }
  if (typeof found !== 'object' || found === null || !('type' in found)) return null;
  return typeof found.type === 'string' && known.has(found.type) ? (found as Reply) : null;
}
