/** What the page makes of each message: no sockets, no timers, no clock of its own. */
import type { Chat, EventInPlace, Reply } from '../protocol/messages';
import { doubted, type ServerClock, withPing, withTold } from './clock';
import { add, beginAfter, EMPTY, lastSeq, type Log, prepend } from './log';
import { type AuctionView, fold, hasGap, needsSnapshot, NOTHING } from './view';

/** How many events from before its first snapshot the page asks for by itself. */
export const RECENT_EVENTS = 100;

/**
 * An auction as it is followed. `chats` by time. `seqElsewhere`: the latest seq that the server was
 * heard to be at.
 */
export interface Following {
  readonly view: AuctionView;
  readonly clock: ServerClock;
  readonly log: Log;
  readonly chats: readonly Chat[];
  readonly seqElsewhere: number;
}

export const BEGINNING: Following = {
  view: NOTHING,
  clock: [],
  log: EMPTY,
  chats: [],
  seqElsewhere: 0,
};

/** After one message of the server's, which came at `nowMs` by the local clock. */
export function hear(following: Following, message: Reply, nowMs: number): Following {
  switch (message.type) {
    case 'state': {
      const began = beginAfter(following.log, Math.max(0, message.seq - RECENT_EVENTS));
      const events = message.events ?? [];
      return {
        ...following,
        view: fold(following.view, message),
        clock: withTold(following.clock, message.server_time_ms, nowMs),
        log: prepend(withEvents(began, events), events),
        chats: withChats(following.chats, message.chats ?? []),
      };
    }
    case 'event':
      return {
        ...following,
        view: fold(following.view, message),
        log: add(following.log, message.seq, message.event),
      };
    case 'chat':
      return { ...following, chats: withChats(following.chats, [message]) };
    case 'pong': {
      const { client_time_ms, server_time_ms, seq } = message;
      return {
        ...following,
        clock: withPing(following.clock, client_time_ms, nowMs, server_time_ms),
        seqElsewhere: Math.max(following.seqElsewhere, seq),
      };
    }
    default:
      return following;
  }
}

/** On a new connection. */
export function connected(following: Following): Following {
  return { ...following, clock: doubted(following.clock) };
}

/** Something happened that is not in the view yet, or is missing in the log. */
export function isBehind({ view, log, seqElsewhere }: Following): boolean {
  return (
    !view.synced ||
    hasGap(view) ||
    needsSnapshot(view) ||
    view.seq < seqElsewhere ||
    lastSeq(log) < view.seq
  );
}

/** What grows as the page catches up. */
export function position({ view, log }: Following): number {
  return view.seq + lastSeq(log);
}

function withEvents(log: Log, events: readonly EventInPlace[]): Log {
  return events.reduce((it, { seq, event }) => add(it, seq, event), log);
}

function withChats(chats: readonly Chat[], more: readonly Chat[]): readonly Chat[] {
  const known = new Set(chats.map((it) => it.chat_id));
  const fresh = more.filter((it) => !known.has(it.chat_id));
  if (fresh.length === 0) return chats;
  return [...chats, ...fresh].toSorted((one, other) => one.at_ms - other.at_ms);
}
