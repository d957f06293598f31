/** What lots went for, by seed. Bundles have no seed of their own and are left out. */
import type { Lot, LotState } from '../protocol/messages';

export interface Sold {
  readonly name: string;
  readonly cents: number;
}

export interface SeedPrices {
  readonly seed: number;
  readonly sold: readonly Sold[];
  readonly averageCents: number;
}

/** The prices of lots of one slot that are sold, by ascending seed. */
export function seedPrices(
  lots: readonly Lot[],
  states: Readonly<Record<string, LotState>>,
): SeedPrices[] {
  const bySeed = new Map<number, Sold[]>();
  for (const { lot_id, name, slots } of lots) {
    const [slot] = slots;
    const cents = states[lot_id]?.price_cents;
    if (!slot || slots.length > 1 || cents == null) continue;
    bySeed.set(slot.seed, [...(bySeed.get(slot.seed) ?? []), { name, cents }]);
  }
  return [...bySeed]
    .toSorted(([one], [other]) => one - other)
    .map(([seed, sold]) => {
      const sum = sold.reduce((total, it) => total + it.cents, 0);
      return { seed, sold, averageCents: Math.round(sum / sold.length) };
    });
}
