/** Which lot is next as lots are arranged: the mirror of the server's choice in order. */
import type { Lot, LotStatus } from '../protocol/messages';
import type { AuctionView } from './view';

const ELIGIBLE: readonly LotStatus[] = ['unsold', 'passed'];

/** The first of those that were never up, then of those that were passed; null if all are sold. */
export function comingUp({ lots, lotStates }: Pick<AuctionView, 'lots' | 'lotStates'>): Lot | null {
  for (const status of ELIGIBLE) {
    const left = lots.filter((it) => lotStates[it.lot_id]?.status === status);
    const [first] = left.toSorted((one, other) => one.position - other.position);
    if (first) return first;
  }
  return null;
}
