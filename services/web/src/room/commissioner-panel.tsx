import { roleOf } from '../auction/bidding';
import { mayDo } from '../auction/rights';
import { useLeagueOf } from '../leagues/queries';
import { Button } from '../ui/button';
import { useSending, useView } from './room-context';
import type { ActsProps } from './running/acts';
import { AutoNext } from './running/auto-next';
import { BetweenLotsActs } from './running/between-lots-acts';
import { LotUpActs } from './running/lot-up-acts';
import { refusalText } from './words';

/** What runs the auction. Acts that take something away ask first. */
export function CommissionerPanel({ auctionId }: { readonly auctionId: string }) {
  const league = useLeagueOf(auctionId);
  const known = useView((view) => (view.status === null ? null : roleOf(view)));
  // before it is open, the auction knows no members
  const role = known ?? league?.role ?? 'spectator';
  const status = useView((view) => view.status);
  const lotId = useView((view) => view.current?.lot_id ?? null);
  const { pending, refusal, run } = useSending();
  if (!mayDo(role, 'nextLot')) return null;
  const acts: ActsProps = {
    role,
    isBusy: pending !== null,
    send: (request) => void run(request),
  };
  return (
    <section className="commissioner" aria-labelledby="commissioner">
      <h2 id="commissioner">Run the auction</h2>
      <div className="acts">
        {status === null && <OpenAct {...acts} />}
        {status === 'open' && <BetweenLotsActs {...acts} />}
        {/* what was asked of a lot ends with it */}
        {lotId !== null && <LotUpActs key={lotId} {...acts} />}
        {status === 'closed' && <ReopenAct {...acts} />}
      </div>
      {status !== null && status !== 'closed' && <AutoNext {...acts} />}
      <p role="alert" className="refusal">
        {refusal && refusalText(refusal)}
      </p>
    </section>
  );
}

function OpenAct({ role, isBusy, send }: ActsProps) {
  if (!mayDo(role, 'openAuction')) return null;
  return (
    <Button
      type="button"
      className="primary"
      disabled={isBusy}
      onClick={() => send({ action: 'openAuction' })}
    >
      Open the auction
    </Button>
  );
}

function ReopenAct({ role, isBusy, send }: ActsProps) {
  if (!mayDo(role, 'reopenAuction')) return null;
  return (
    <Button type="button" disabled={isBusy} onClick={() => send({ action: 'reopenAuction' })}>
      Reopen the auction
    </Button>
  );
}
