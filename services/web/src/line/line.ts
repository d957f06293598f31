/** The line in front of an auction's room, as services/lobby tells of it. */

import type { components } from './schema';

type Schemas = components['schemas'];
export type Range = Schemas['Range'];

/** What is the same for everybody, and may be a second old. */
export type Serving = Schemas['Serving'];

/** What is told of one's own place; what is left out is not known yet. */
export type Told = Schemas['LineStanding'];

/** One's own turn. Numbers and places count from 1; a ticket is good for some seconds, and once. */
export type Turn = Required<
  Pick<Told, 'state' | 'number' | 'early' | 'place' | 'ticket' | 'joined_at_ms'>
>;

/** The line's doors. Each rejects with a `LineProblem`, or with what else went wrong. */
export interface Line {
  /** Join, or see where one stands already: after a reload, or from a second device. */
  join(): Promise<Turn>;
  me(): Promise<Turn>;
  leave(): Promise<unknown>;
  serving(): Promise<Serving>;
}

/** The line refused: the same again would not help. */
export class LineProblem extends Error {
  override readonly name = 'LineProblem';
  /** `lobby_not_open`, `lobby_closed`, `not_found`, … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
