import { roleOf } from '../auction/bidding';
import { dollars } from '../auction/money';
import { mayDo, mayForce } from '../auction/rights';
import type { Action, Request } from '../protocol/messages';
import { useLeagueOf } from '../leagues/queries';
import { Confirm } from '../ui/confirm';
import { Button } from '../ui/button';
import { useSending, useView } from './room-context';
import { AutoNext } from './running/auto-next';
import { lotTitle, memberName, refusalText } from './words';

/** What runs the auction. Acts that take something away ask first. */
export function CommissionerPanel({ auctionId }: { readonly auctionId: string }) {
  const league = useLeagueOf(auctionId);
  const known = useView((view) => (view.status === null ? null : roleOf(view)));
  // before it is open, the auction knows no members
  const role = known ?? league?.role ?? 'spectator';
  const status = useView((view) => view.status);
  const current = useView((view) => view.current);
  const lot = useView((view) => view.lots.find((it) => it.lot_id === view.current?.lot_id));
  const members = useView((view) => view.members);
  const { pending, refusal, run } = useSending();
  if (!mayDo(role, 'nextLot')) return null;
  const may = (action: Action) => mayDo(role, action) && pending === null;
  const send = (request: Request) => void run(request);
  const hasBid = current?.high_bidder != null;
  const name = lot ? lotTitle(lot) : '';
  const high = dollars(current?.high_cents ?? 0);
  const lot_id = current?.lot_id ?? '';
  return (
    <section className="commissioner" aria-labelledby="commissioner">
      <h2 id="commissioner">Run the auction</h2>
      <div className="acts">
        {status === null && mayDo(role, 'openAuction') && (
          <Button
            type="button"
            className="primary"
            disabled={!may('openAuction')}
            onClick={() => send({ action: 'openAuction' })}
          >
            Open the auction
          </Button>
        )}
        {status === 'open' && (
          <>
            <Button
              type="button"
              className="primary"
              disabled={!may('nextLot')}
              onClick={() => send({ action: 'nextLot' })}
            >
              Next lot, by chance
            </Button>
            <p className="hint">or “Put up” beside a lot in the list</p>
            {mayDo(role, 'closeAuction') && (
              <Confirm
                trigger={
                  <Button type="button" disabled={!may('closeAuction')}>
                    Close the auction
                  </Button>
                }
                title="Close the auction?"
                act="Close it"
                onConfirm={() => send({ action: 'closeAuction' })}
              >
                <p>Nothing can be bid for after that. You can reopen it.</p>
              </Confirm>
            )}
          </>
        )}
        {current && (
          <>
            {status === 'paused' ? (
              <Button
                type="button"
                className="primary"
                disabled={!may('resume')}
                onClick={() => send({ action: 'resume' })}
              >
                Go on
              </Button>
            ) : (
              <Button
                type="button"
                disabled={!may('pause')}
                onClick={() => send({ action: 'pause' })}
              >
                Stop the clock
              </Button>
            )}
            <Button
              type="button"
              disabled={!may('resetClock')}
              onClick={() => send({ action: 'resetClock', lot_id })}
            >
              Clock from the start
            </Button>
            {mayForce(role) && (
              <Confirm
                trigger={
                  <Button type="button" disabled={!may('hammer')}>
                    Hammer now
                  </Button>
                }
                title={hasBid ? `Sell ${name} now?` : `End ${name} without a bid?`}
                act={hasBid ? 'Sell it' : 'End it'}
                onConfirm={() => send({ action: 'hammer', lot_id, forced: true })}
              >
                <p>
                  {hasBid
                    ? `It goes to ${memberName(members, current.high_bidder)} for ${high}, before its time. The sale can be undone.`
                    : 'It is passed, before its time. It can be put up again.'}
                </p>
              </Confirm>
            )}
            <Confirm
              trigger={
                <Button type="button" disabled={!may('undoBid') || !hasBid}>
                  Undo the bid
                </Button>
              }
              title={`Undo the bid of ${high}?`}
              act="Undo the bid"
              onConfirm={() => send({ action: 'undoBid', lot_id })}
            >
              <p>
                {memberName(members, current.high_bidder)}’s bid for {name} is void and the one
                before it stands again. This cannot be taken back; they would have to bid anew.
              </p>
            </Confirm>
            <Confirm
              trigger={
                <Button type="button" disabled={!may('passLot')}>
                  Pass the lot
                </Button>
              }
              title={`Pass ${name}?`}
              act="Pass it"
              onConfirm={() => send({ action: 'passLot', lot_id })}
            >
              <p>Its bids are void, which cannot be taken back. The lot can be put up again.</p>
            </Confirm>
            <Confirm
              trigger={
                <Button type="button" disabled={!may('resetLot')}>
                  Reset the lot
                </Button>
              }
              title={`Reset ${name}?`}
              act="Reset it"
              onConfirm={() => send({ action: 'resetLot', lot_id })}
            >
              <p>It is unsold again and its bids are void, which cannot be taken back.</p>
            </Confirm>
          </>
        )}
        {status === 'closed' && mayDo(role, 'reopenAuction') && (
          <Button
            type="button"
            disabled={!may('reopenAuction')}
            onClick={() => send({ action: 'reopenAuction' })}
          >
            Reopen the auction
          </Button>
        )}
      </div>
      {status !== null && status !== 'closed' && <AutoNext isBusy={pending !== null} send={send} />}
      <p role="alert" className="refusal">
        {refusal && refusalText(refusal)}
      </p>
    </section>
  );
}
