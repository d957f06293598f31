import { useRoom } from './room-context';
import type { LinkState } from '../auction/link';

const TEXTS: Readonly<Record<LinkState, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  behind: 'Catching up …',
  waiting: 'Connection lost, trying again …',
  full: 'The room is full',
  refused: 'No way in',
  left: 'Left',
};

/** The state of the connection; always in the same place. */
export function Connection() {
  const { state, trouble } = useRoom((it) => it.link);
  return (
    <p className="link" role="status" data-state={state} title={trouble || undefined}>
      {TEXTS[state]}
    </p>
  );
}
