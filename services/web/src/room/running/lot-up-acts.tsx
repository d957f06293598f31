import { mayForce } from '../../auction/rights';
import { Confirm } from '../../ui/confirm';
import { Button } from '../../ui/button';
import { useView } from '../room-context';
import { lotTitle } from '../words';
import type { ActsProps } from './acts';
import { HammerAct, UndoBidAct } from './bid-acts';

/** While a lot is up: its clock, its end, its bids. */
export function LotUpActs({ role, isBusy, send }: ActsProps) {
  const lot = useView((view) => view.lots.find((it) => it.lot_id === view.current?.lot_id));
  const isPaused = useView((view) => view.status === 'paused');
  if (!lot) return null;
  const { lot_id } = lot;
  const name = lotTitle(lot);
  return (
    <>
      {isPaused ? (
        <Button
          type="button"
          className="primary"
          disabled={isBusy}
          onClick={() => send({ action: 'resume' })}
        >
          Go on
        </Button>
      ) : (
        <Button type="button" disabled={isBusy} onClick={() => send({ action: 'pause' })}>
          Stop the clock
        </Button>
      )}
      <Confirm
        trigger={
          <Button type="button" disabled={isBusy}>
            Clock from the start
          </Button>
        }
        title={`Start the clock of ${name} anew?`}
        act="Start it anew"
        onConfirm={() => send({ action: 'resetClock', lot_id })}
      >
        <p>It has its full time again, and runs. What it had left cannot be brought back.</p>
      </Confirm>
      {mayForce(role) && <HammerAct lot={lot} isBusy={isBusy} send={send} />}
      <UndoBidAct lot={lot} isBusy={isBusy} send={send} />
      <Confirm
        trigger={
          <Button type="button" disabled={isBusy}>
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
          <Button type="button" disabled={isBusy}>
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
  );
}
