/** Words that more than one part of the page has for the same. */
import type { Role, Slot } from '../protocol/messages';

export const ROLES: Readonly<Record<Role, string>> = {
  commissioner: 'Commissioner',
  admin: 'Admin',
  bidder: 'Bidder',
  spectator: 'Spectator',
};

/** "Seed 3", or all of a bundle's. */
export function seedsOf({ slots }: { readonly slots: readonly Pick<Slot, 'seed'>[] }): string {
  const seeds = [...new Set(slots.map((it) => it.seed))];
  return seeds.length === 1 ? `Seed ${seeds[0]}` : `Seeds ${seeds.join(', ')}`;
}
