/** What the pool is so far and what a result would pay now; docs/settlement.md has the rules. */
import type { components } from '../leagues/schema';

type SettlementRules = components['schemas']['SettlementRules'];

const WHOLE = 10_000;

/** The tax in cents on a natural buy-in: each bracket's share of the part that lies in it. */
export function taxCents(rules: SettlementRules, naturalCents: number): number {
  const brackets = rules.tax ?? [];
  const exact = brackets.reduce((sum, { from_cents, basis_points }, index) => {
    const end = Math.min(naturalCents, brackets[index + 1]?.from_cents ?? Infinity);
    return sum + Math.max(0, end - from_cents) * basis_points;
  }, 0);
  return Math.floor(exact / WHOLE);
}

export interface Pool {
  readonly naturalCents: number;
  readonly taxCents: number;
  /** The prize pool: total buy-ins, so natural buy-ins and taxes. */
  readonly prizeCents: number;
  readonly feeCents: number;
  /** What is paid out: the prize pool less the fee. */
  readonly netCents: number;
}

/** The pool as it is if nothing more is sold; `spent`: natural buy-ins by member. */
export function poolOf(rules: SettlementRules, spent: Readonly<Record<number, number>>): Pool {
  const buyIns = Object.values(spent);
  const naturalCents = buyIns.reduce((sum, it) => sum + it, 0);
  const tax = buyIns.reduce((sum, it) => sum + taxCents(rules, it), 0);
  const prizeCents = naturalCents + tax;
  const share = Math.floor((prizeCents * (rules.fee?.basis_points ?? 0)) / WHOLE);
  const feeCents = Math.min(prizeCents, share + (rules.fee?.fixed_cents ?? 0));
  return { naturalCents, taxCents: tax, prizeCents, feeCents, netCents: prizeCents - feeCents };
}

export interface Prize {
  readonly name: string;
  /** What one result pays; to a cent less than the settlement, which shares out the rest. */
  readonly cents: number;
}

/**
 * What each result would pay if the auction ended now. `resultsOf` says how many results a rule has
 * in the whole tournament, which fixed prizes need to know.
 */
export function prizes(
  rules: SettlementRules,
  netCents: number,
  resultsOf: (round: string | null) => number,
): Prize[] {
  const payouts = rules.payouts ?? [];
  const fixed = payouts.reduce(
    (sum, it) => sum + (it.fixed_cents ?? 0) * resultsOf(it.round ?? null),
    0,
  );
  const shrunk = fixed > netCents ? netCents / fixed : 1;
  const rest = Math.max(0, netCents - fixed);
  return payouts.map(({ name, fixed_cents, basis_points }) => ({
    name,
    cents: Math.floor((fixed_cents ?? 0) * shrunk + (rest * (basis_points ?? 0)) / WHOLE),
  }));
}
