/** Commands that wait for their answer, across connections. */
import type { Action, Answer, Command, Reply } from '../protocol/messages';

/** The number of no connection. */
export const NEVER = 0;

/** A command, and the connection (1, 2, …) that last carried it. */
export interface Pending {
  readonly command: Command;
  readonly onAnswer: (answer: Answer) => void;
  readonly onFailure: (failure: Error) => void;
  carriedBy: number;
}

/** Those without an answer, by request id, oldest first. */
export class Requests {
  readonly #open = new Map<string, Pending>();

  add(command: Command, onAnswer: Pending['onAnswer'], onFailure: Pending['onFailure']): Pending {
    const pending = { command, onAnswer, onFailure, carriedBy: NEVER };
    this.#open.set(command.request_id, pending);
    return pending;
  }

  /** Answer the request that is named; the first answer counts, those of others are passed over. */
  answer(answer: Answer): void {
    const pending = this.#open.get(answer.request_id ?? '');
    if (!pending) return;
    this.#open.delete(pending.command.request_id);
    pending.onAnswer(answer);
  }

  isOpen(pending: Pending): boolean {
    return this.#open.get(pending.command.request_id) === pending;
  }

  notCarriedBy(connection: number): Pending[] {
    return [...this.#open.values()].filter((it) => it.carriedBy !== connection);
  }

  /** Give up on all, or on those with this action. */
  fail(failure: Error, action?: Action): void {
    for (const [id, pending] of Array.from(this.#open)) {
      if (action && pending.command.action !== action) continue;
      this.#open.delete(id);
      pending.onFailure(failure);
    }
  }
}

/** A reply answers its request; so does an event, for it was caused by one. */
export function answersIn(message: Reply): Answer[] {
  switch (message.type) {
    case 'event':
      return accepted(message.seq, message.event.request_id);
    case 'chat':
      return [];
    case 'state':
      return [
        ...(message.events ?? []).flatMap(({ seq, event }) => accepted(seq, event.request_id)),
        message,
      ];
    default:
      return [message];
  }
}

function accepted(seq: number, request_id: string | null | undefined): Answer[] {
  return request_id ? [{ type: 'accepted', request_id, seq }] : [];
}
