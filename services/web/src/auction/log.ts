/** The events that are known one by one, in order and without gaps. */
import type { Event, EventInPlace } from '../protocol/messages';

/**
 * `entries`: contiguous, ascending. `after`: the seq before the first of them: what happened up to
 * there is to be asked for. null before it is known where to begin. `early`: what came too soon.
 */
export interface Log {
  readonly after: number | null;
  readonly entries: readonly EventInPlace[];
  readonly early: ReadonlyMap<number, Event>;
}

export const EMPTY: Log = { after: null, entries: [], early: new Map() };

/** The seq of the last event in the log. */
export function lastSeq(log: Log): number {
  return (log.after ?? 0) + log.entries.length;
}

/** A log that tells what happens after `seq`; only the first beginning counts. */
export function beginAfter(log: Log, seq: number): Log {
  return log.after === null ? settle({ ...log, after: seq }) : log;
}

/** The log with one more event, which waits if those before it are missing. */
export function add(log: Log, seq: number, event: Event): Log {
  if (log.after !== null && seq <= lastSeq(log)) return log;
  if (log.after !== null && log.early.size === 0 && seq === lastSeq(log) + 1) {
    return { ...log, entries: [...log.entries, { seq, event }] };
  }
  return settle({ ...log, early: new Map(log.early).set(seq, event) });
}

/** The log with events from before its first; those that do not lead up to it change nothing. */
export function prepend(log: Log, earlier: readonly EventInPlace[]): Log {
  const before = earlier.filter((it) => it.seq <= (log.after ?? 0));
  if (before.length === 0 || before.at(-1)?.seq !== log.after) return log;
  return {
    ...log,
    after: (log.after ?? 0) - before.length,
    entries: [...before, ...log.entries],
  };
}

function settle(log: Log): Log {
  if (log.after === null) return log;
  const entries = [...log.entries];
  let next = lastSeq(log) + 1;
  for (let event = log.early.get(next); event; event = log.early.get(next)) {
    entries.push({ seq: next, event });
    next += 1;
  }
  return { ...log, entries, early: new Map([...log.early].filter(([seq]) => seq >= next)) };
}
