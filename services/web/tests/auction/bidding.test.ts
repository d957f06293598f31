import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  biddingOf,
  deadlineMs,
  leftCents,
  quickBids,
  remainingMs,
} from '../../src/auction/bidding';
import { type AuctionView, fold, NOTHING } from '../../src/auction/view';
import type { State } from '../../src/protocol/messages';
import { STORIES } from '../fakes/stories';

const opened = (STORIES[0] as (typeof STORIES)[number]).opened;

/** Member 1, a bidder with $500, before a lot with the lowest bid of $1. */
function lotUp(current: Partial<AuctionView['current']> = {}, more: Partial<State> = {}) {
  return fold(NOTHING, {
    ...opened,
    status: 'bidding',
    current: {
      lot_id: 'lot-1',
      minimum_cents: 100,
      rules_version: 1,
      base_deadline_ms: 16_000,
      ...current,
    },
    ...more,
  });
}

describe('what keeps me from bidding', () => {
  test.each([
    ['nothing', lotUp(), false, null],
    ['no lot', fold(NOTHING, opened), false, 'no_lot'],
    ['a stopped clock', lotUp({}, { status: 'paused' }), false, 'paused'],
    ['no time left', lotUp(), true, 'over'],
    ['that I hold the high bid', lotUp({ high_bidder: 1, high_cents: 100 }), false, 'high_bidder'],
    ['that I cannot afford it', lotUp({ minimum_cents: 50_001 }), false, 'budget'],
    ['that I only look', lotUp({}, { you: 9 }), false, 'spectator'],
  ] as const)('%s', (_, view, isOver, obstacle) => {
    expect(biddingOf(view, isOver).obstacle).toBe(obstacle);
  });
});

test('quick bids are the minimum and a few steps above', () => {
  const view = lotUp();
  expect(quickBids(view, biddingOf(view, false))).toEqual([100, 200, 400, 900]);
});

test('quick bids rise, begin at the minimum, and are never more than I have', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), (minimum_cents) => {
      const view = lotUp({ minimum_cents });
      const amounts = quickBids(view, biddingOf(view, false));
      expect(amounts).toEqual(amounts.toSorted((one, other) => one - other));
      expect(new Set(amounts).size).toBe(amounts.length);
      expect(amounts.every((it) => it >= minimum_cents && it <= 50_000)).toBe(true);
    }),
  );
});

test('a budget of one’s own counts', () => {
  expect(leftCents(lotUp({}, { spent: { 2: 400 } }), 2)).toBe(600);
});

test('the later of two deadlines counts', () => {
  expect(deadlineMs(lotUp({ extended_to_ms: 20_000 }))).toBe(20_000);
  expect(deadlineMs(lotUp({ extended_to_ms: 12_000 }))).toBe(16_000);
});

test('a stopped clock stands', () => {
  const view = lotUp({ base_deadline_ms: null, remaining_ms: 3_000 }, { status: 'paused' });
  expect(remainingMs(view, 999_999)).toBe(3_000);
});

test('no time is left after the deadline', () => {
  expect(remainingMs(lotUp(), 17_000)).toBe(0);
});
