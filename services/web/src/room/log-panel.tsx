import { memo, useMemo, useState } from 'react';
import type { EventInPlace } from '../protocol/messages';
import { Button } from '../ui/button';
import { useFollowEnd } from '../ui/follow-end';
import { voidSeqs } from './void-bids';
import { useClient, useRoom, useView } from './room-context';
import { eventText } from './words';

const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'medium' });

/** Everything that happened, the latest last; what was undone stays, struck through. */
export function LogPanel() {
  const client = useClient();
  const entries = useRoom(({ following }) => following.log.entries);
  const after = useRoom(({ following }) => following.log.after ?? 0);
  const members = useView((view) => view.members);
  const lots = useView((view) => view.lots);
  const [isLoading, setIsLoading] = useState(false);
  const list = useFollowEnd(entries);
  const undone = useMemo(() => voidSeqs(entries), [entries]);
  const names = useMemo(() => ({ members, lots }), [members, lots]);
  const loadEarlier = () => {
    setIsLoading(true);
    void client
      .loadEarlier()
      .catch(() => undefined)
      .finally(() => setIsLoading(false));
  };
  return (
    <div ref={list} className="log" role="log" aria-live="off" aria-label="Log" tabIndex={0}>
      {after > 0 && (
        <Button disabled={isLoading} onClick={loadEarlier}>
          {isLoading ? 'Loading …' : 'Earlier'}
        </Button>
      )}
      {entries.length === 0 && <p className="empty">Nothing has happened yet.</p>}
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} names={names} isUndone={undone.has(entry.seq)} />
        ))}
      </ol>
    </div>
  );
}

interface EntryProps {
  readonly entry: EventInPlace;
  readonly names: Parameters<typeof eventText>[1];
  readonly isUndone: boolean;
}

const Entry = memo(function Entry({ entry, names, isUndone }: EntryProps) {
  const { event } = entry;
  const text = eventText(event, names);
  return (
    <li value={entry.seq} data-type={event.type} data-undone={isUndone}>
      <time dateTime={new Date(event.at_ms).toISOString()}>{time.format(event.at_ms)}</time>
      {isUndone ? (
        <>
          <s>{text}</s> <span className="hidden">(undone)</span>
        </>
      ) : (
        <span>{text}</span>
      )}
    </li>
  );
});
