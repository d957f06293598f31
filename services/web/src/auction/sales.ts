/** What was sold and was not taken back. */
import type { Event, EventInPlace } from '../protocol/messages';
import type { AuctionView } from './view';

export interface Sale {
  readonly seq: number;
  readonly event: Extract<Event, { type: 'lot_sold' }>;
}

/** The sales in the log that stand, oldest first. */
export function standingSales(
  entries: readonly EventInPlace[],
  states: AuctionView['lotStates'],
): Sale[] {
  return entries
    .flatMap(({ seq, event }) => (event.type === 'lot_sold' ? [{ seq, event }] : []))
    .filter(({ seq, event }) => states[event.lot_id]?.seq === seq);
}
