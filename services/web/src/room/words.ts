/** What the room says. */
import type { Obstacle } from '../auction/bidding';
import { dollars } from '../auction/money';
import type { AuctionView } from '../auction/view';
import type { Event, Lot, Refused } from '../protocol/messages';

export { seedsOf } from '../ui/words';

export const STATUSES = {
  unsold: 'To come',
  up: 'Up now',
  sold: 'Sold',
  passed: 'Passed',
} as const;

export function obstacleText(obstacle: Obstacle, minimumCents: number): string {
  switch (obstacle) {
    case 'spectator':
      return 'You are watching: spectators do not bid.';
    case 'no_lot':
      return 'No lot is up.';
    case 'paused':
      return 'The clock is stopped.';
    case 'over':
      return 'Time is up: the hammer falls.';
    case 'high_bidder':
      return 'You hold the high bid.';
    case 'budget':
      return `The lowest bid, ${dollars(minimumCents)}, is more than you have left.`;
  }
}

const REFUSALS: Readonly<Partial<Record<Refused['code'], string>>> = {
  bid_too_low: 'Somebody was faster.',
  over_budget: 'That is more than you have left.',
  deadline_passed: 'Too late: time was up.',
  deadline_not_reached: 'There is time left on the clock.',
  lot_not_up: 'That lot is not up any more.',
  lot_is_up: 'Another lot is up: end it first.',
  lot_not_available: 'That lot is sold already.',
  no_lots_left: 'There are no lots left.',
  no_bid_to_undo: 'There is no bid to take back.',
  bid_changed: 'The high bid is another one by now: nothing was done.',
  auction_paused: 'The clock is stopped.',
  auction_closed: 'The auction is closed.',
  auction_not_open: 'The auction is not open.',
  forbidden: 'Your role may not do this.',
  message_too_long: 'That is too long.',
  busy: 'The server is busy: try again.',
};

/** Why a command was refused, and what would stand now. */
export function refusalText({ code, message, minimum_cents }: Refused): string {
  const why = REFUSALS[code] ?? `${message}.`;
  return minimum_cents == null ? why : `${why} ${dollars(minimum_cents)} would stand now.`;
}

/** "(3) Gonzaga", "(11) Pittsburgh / Mississippi St", or a bundle's own name. */
export function lotTitle(lot: Lot): string {
  return lot.name;
}

export function regionsOf(lot: Lot): string {
  return [...new Set(lot.slots.map((it) => it.region))].join(', ');
}

export function teamsOf(lot: Lot): string {
  return lot.slots.map((it) => it.teams.join(' / ')).join(', ');
}

export function memberName(members: AuctionView['members'], number: number | null | undefined) {
  if (number == null) return 'the clock';
  return members.find((it) => it.number === number)?.name ?? `Member ${number}`;
}

/** One line of the log. */
export function eventText(event: Event, view: Pick<AuctionView, 'members' | 'lots'>): string {
  const lot = 'lot_id' in event ? view.lots.find((it) => it.lot_id === event.lot_id) : undefined;
  const name = lot ? lotTitle(lot) : '';
  const who = (number: number) => memberName(view.members, number);
  switch (event.type) {
    case 'auction_opened':
      return 'The auction is open';
    case 'auction_closed':
      return 'The auction is closed';
    case 'auction_reopened':
      return 'The auction goes on';
    case 'lot_opened':
      return `${name} is up`;
    case 'bid_placed':
      return `${bidText(event, who)} for ${name}`;
    case 'maximum_set':
      return `${who(event.bidder)} changes their maximum for ${name}`;
    case 'auto_next_set':
      return event.after_ms == null
        ? 'Lots come up when they are put up'
        : `Lots come up by themselves, ${event.after_ms / 1000} s after the one before`;
    case 'bid_undone':
      return `Undone: ${who(event.bidder)}’s bid of ${dollars(event.amount_cents)} for ${name}`;
    case 'lot_sold':
      return `${name} is sold to ${who(event.owner)} for ${dollars(event.price_cents)}`;
    case 'lot_passed':
      return `${name} is passed; its bids are void`;
    case 'lot_reset':
      return event.owner == null
        ? `${name} is unsold again; its bids are void`
        : `Undone: the sale of ${name}; ${who(event.owner)} gets ${dollars(event.refund_cents ?? 0)} back`;
    case 'clock_reset':
      return `The clock of ${name} starts again`;
    case 'paused':
      return 'The clock is stopped';
    case 'resumed':
      return 'The clock goes on';
    default:
      return unknownText(event);
  }
}

function bidText(event: Extract<Event, { type: 'bid_placed' }>, who: (number: number) => string) {
  const bid = `${who(event.bidder)} bids ${dollars(event.amount_cents)}`;
  const { actor, beaten, bidder } = event;
  if (beaten) {
    return `${who(bidder)}’s maximum goes over ${who(beaten.bidder)}’s ${dollars(beaten.amount_cents)}: ${bid}`;
  }
  return actor == null || actor === bidder ? bid : `${bid}, by way of ${who(actor)},`;
}

function unknownText(_event: never): string {
  return 'Something happened that this page is too old to know: reload it';
}
