import { comingUp } from '../../auction/coming-up';
import { mayDo } from '../../auction/rights';
import { Confirm } from '../../ui/confirm';
import { Button } from '../../ui/button';
import { useView } from '../room-context';
import { lotTitle } from '../words';
import type { ActsProps } from './acts';

/** While no lot is up: put one up, or end it all. */
export function BetweenLotsActs({ role, isBusy, send }: ActsProps) {
  const next = useView(comingUp);
  return (
    <>
      {next && (
        <>
          <Button
            type="button"
            className="primary"
            disabled={isBusy}
            onClick={() => send({ action: 'nextLot', lot_id: next.lot_id })}
          >
            Next: {lotTitle(next)}
          </Button>
          <Button
            type="button"
            disabled={isBusy}
            onClick={() => send({ action: 'nextLot', order: 'random' })}
          >
            Any lot
          </Button>
          <p className="hint">or “Put up” beside a lot in the list</p>
        </>
      )}
      {mayDo(role, 'closeAuction') && (
        <Confirm
          trigger={
            <Button type="button" disabled={isBusy}>
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
  );
}
