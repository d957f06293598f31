/** What is typed of payouts, before it is saved. */
import { resultsOf, type Round } from '../auction/rounds';
import { basisPointsOf } from './fields';

export interface PayoutFields {
  name: string;
  round: string;
  /** "2.5%" or "25" dollars. */
  pays: string;
}

export const isPercentage = (text: string) => text.trim().endsWith('%');

/** What percentages pay in all, each as often as there are such results, in basis points. */
export function totalBasisPoints(payouts: readonly PayoutFields[], rounds: readonly Round[]) {
  return payouts
    .filter((it) => isPercentage(it.pays))
    .reduce((sum, it) => {
      return sum + (basisPointsOf(it.pays) ?? 0) * resultsOf(it.round || null, rounds);
    }, 0);
}
