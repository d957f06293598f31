import { expect, test } from 'vitest';
import type { Event } from '../../src/protocol/messages';
import { voidSeqs } from '../../src/room/void-bids';

const lot_id = 'lot-1';
const at_ms = 0;
const up: Event = {
  type: 'lot_opened',
  lot_id,
  at_ms,
  minimum_cents: 1,
  deadline_ms: 1,
  rules_version: 1,
};
const bid: Event = {
  type: 'bid_placed',
  lot_id,
  at_ms,
  bidder: 1,
  amount_cents: 1,
  minimum_cents: 2,
  extended_to_ms: 1,
};
const undone: Event = { ...bid, type: 'bid_undone' };
const sold: Event = { type: 'lot_sold', lot_id, at_ms, owner: 1, price_cents: 1 };
const reset: Event = { type: 'lot_reset', lot_id, at_ms };
const passed: Event = { type: 'lot_passed', lot_id, at_ms };

test.each([
  ['nothing, if nothing is undone', [up, bid, bid, sold], []],
  ['the latest bid that stands', [up, bid, bid, undone, undone], [3, 2]],
  ['a sale and its bids', [up, bid, sold, reset], [2, 3]],
  ['the bids for a lot that is passed', [up, bid, passed], [2]],
  ['no bid for the lot’s second time', [up, bid, passed, up, bid, sold], [2]],
] as const)('void is %s', (_, events, seqs) => {
  const entries = events.map((event, index) => ({ seq: index + 1, event }));
  expect([...voidSeqs(entries)].toSorted()).toEqual([...seqs].toSorted());
});
