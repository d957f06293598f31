/** What is said below the buttons. */
import type { Bidding } from '../../auction/bidding';
import type { LinkState } from '../../auction/link';
import { dollars } from '../../auction/money';
import type { Refused, Request } from '../../protocol/messages';
import { obstacleText, refusalText } from '../words';

export interface Situation {
  readonly bidding: Bidding;
  /** What would be bid now. */
  readonly cents: number;
  readonly isForSomebodyElse: boolean;
  readonly pending: Request | null;
  readonly refusal: Refused | null;
  readonly link: LinkState;
}

export function noteOf({ bidding, cents, isForSomebodyElse, pending, refusal, link }: Situation) {
  const { obstacle, minimumCents, mostCents } = bidding;
  const have = `have ${dollars(mostCents)} left.`;
  if (pending?.action === 'setMaximum') return 'Telling the server …';
  if (pending?.action === 'placeBid') return `Bidding ${dollars(pending.amount_cents)} …`;
  if (refusal) return refusalText(byNow(refusal, minimumCents));
  if (link !== 'live') return 'You cannot bid before the connection is back.';
  if (obstacle === 'high_bidder' && isForSomebodyElse) return 'They hold the high bid.';
  if (obstacle) return obstacleText(obstacle, minimumCents);
  if (cents < minimumCents) {
    return `${dollars(cents)} is not enough: at least ${dollars(minimumCents)}.`;
  }
  if (cents > mostCents) return isForSomebodyElse ? `They ${have}` : `You ${have}`;
  return `At least ${dollars(minimumCents)}; ${isForSomebodyElse ? 'they' : 'you'} ${have}`;
}

/** The answer may be older than the latest bid that is seen. */
function byNow(refusal: Refused, minimumCents: number): Refused {
  const { minimum_cents } = refusal;
  if (minimum_cents == null) return refusal;
  return { ...refusal, minimum_cents: Math.max(minimum_cents, minimumCents) };
}
