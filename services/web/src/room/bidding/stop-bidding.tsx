import { useEffect } from 'react';
import { Button } from '../../ui/button';
import { useClient, useSending, useView } from '../room-context';
import { refusalText } from '../words';

/** Takes my maximum back, as far as it goes beyond the bid that stands. */
export function StopBidding() {
  useMaximumSetElsewhere();
  const lotId = useView((view) => view.current?.lot_id ?? null);
  const high = useView((view) => view.current?.high_cents ?? null);
  const maximum = useView((view) => view.current?.your_maximum_cents ?? null);
  const { pending, refusal, run } = useSending();
  const stop = () => {
    if (lotId === null || high === null) return;
    void run({ action: 'setMaximum', lot_id: lotId, maximum_cents: high });
  };
  return (
    <>
      {/* always there: a rival's bid that reaches the maximum moves nothing */}
      <Button type="button" disabled={maximum === null || pending !== null} onClick={stop}>
        Stop bidding for me
      </Button>
      {maximum !== null && refusal && (
        <p role="alert" className="hint">
          Not stopped: {refusalText(refusal)}
        </p>
      )}
    </>
  );
}

/** Ask how far my maximum goes when I changed it, maybe in another tab: the event does not tell. */
function useMaximumSetElsewhere(): void {
  const client = useClient();
  useEffect(
    () =>
      client.onReply((reply) => {
        if (reply.type !== 'event' || reply.event.type !== 'maximum_set') return;
        const { you } = client.getSnapshot().following.view;
        if (reply.event.bidder === you) client.look().catch(() => undefined);
      }),
    [client],
  );
}
