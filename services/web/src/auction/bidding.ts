/** What I may bid, and why not. What is shown here is a courtesy: the server decides. */
import { HIGHEST_CENTS } from '../protocol/facts';
import type { Role } from '../protocol/messages';
import { mayDo } from './rights';
import type { AuctionView } from './view';

/** What keeps me from bidding, as a code that the page has words for. */
export type Obstacle = 'spectator' | 'no_lot' | 'paused' | 'over' | 'high_bidder' | 'budget';

export interface Bidding {
  readonly obstacle: Obstacle | null;
  readonly minimumCents: number;
  /** The most that I can bid now. */
  readonly mostCents: number;
  /** By how much bids rise at the minimum. */
  readonly incrementCents: number;
}

/** How much a bid from `cents` up has to rise, by the tier it is in. */
export function incrementAt(rules: AuctionView['rules'], cents: number): number {
  const tiers = (rules?.bid_rules ?? []).filter((it) => it.from_cents <= cents);
  return tiers.at(-1)?.increment_cents ?? 100;
}

/** What a member may still spend in cents; 0 before the rules are known. */
export function leftCents(view: AuctionView, member: number): number {
  if (view.rules === null) return 0;
  const budget = view.rules.budgets?.[member] ?? view.rules.budget_cents;
  return Math.max(0, budget - (view.spent[member] ?? 0));
}

/** When the lot that is up ends, in UTC epoch ms by the server's clock; null if it does not. */
export function deadlineMs({ current }: AuctionView): number | null {
  if (!current || current.base_deadline_ms == null) return null;
  return Math.max(current.base_deadline_ms, current.extended_to_ms ?? 0);
}

/** What the clock of the lot that is up has left in ms; null if no lot is up. */
export function remainingMs(view: AuctionView, serverNowMs: number): number | null {
  if (view.current === null) return null;
  const deadline = deadlineMs(view);
  if (deadline === null) return view.current.remaining_ms ?? null;
  return Math.max(0, deadline - serverNowMs);
}

/** `isOver`: the clock of the lot has run out. `bidder`: in whose name, my own or an absent
 * member's. */
export function biddingOf(view: AuctionView, isOver: boolean, bidder = view.you): Bidding {
  const minimumCents = view.current?.minimum_cents ?? 0;
  const mostCents = Math.min(leftCents(view, bidder), HIGHEST_CENTS);
  return {
    obstacle: obstacleOf(view, isOver, bidder, minimumCents, mostCents),
    minimumCents,
    mostCents,
    incrementCents: incrementAt(view.rules, minimumCents),
  };
}

function obstacleOf(
  view: AuctionView,
  isOver: boolean,
  bidder: number,
  minimumCents: number,
  mostCents: number,
): Obstacle | null {
  if (!mayDo(roleOf(view), 'placeBid')) return 'spectator';
  if (view.current === null) return 'no_lot';
  if (view.status === 'paused') return 'paused';
  if (isOver) return 'over';
  if (view.current.high_bidder === bidder) return 'high_bidder';
  return minimumCents > mostCents ? 'budget' : null;
}

/** The minimum and a few steps above it, as far as I can afford them. */
export function quickBids(view: AuctionView, { minimumCents, mostCents }: Bidding): number[] {
  const amounts = [minimumCents];
  for (const steps of [1, 2, 5]) {
    let amount = amounts.at(-1) ?? minimumCents;
    for (let step = 0; step < steps; step += 1) amount += incrementAt(view.rules, amount);
    amounts.push(amount);
  }
  return amounts.filter((it) => it <= mostCents);
}

/** My role; a spectator's before the auction's members are known. */
export function roleOf(view: AuctionView): Role {
  return view.members.find((it) => it.number === view.you)?.role ?? 'spectator';
}
