import { type FormEvent, useState } from 'react';
import { LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS } from '../../protocol/facts';
import type { Request } from '../../protocol/messages';
import { Button } from '../../ui/button';
import { useView } from '../room-context';

const PAUSES_MS = [5_000, 10_000, 20_000, 60_000];
const OTHER = 'other';

interface AutoNextProps {
  readonly isBusy: boolean;
  readonly send: (request: Request) => void;
}

/** Whether lots come up by themselves, and after which pause. */
export function AutoNext({ isBusy, send }: AutoNextProps) {
  const autoNextMs = useView((view) => view.autoNextMs);
  const [isOther, setIsOther] = useState(false);
  const pauses = new Set([...PAUSES_MS, ...(autoNextMs === null ? [] : [autoNextMs])]);
  const set = (after_ms: number | null) => {
    setIsOther(false);
    send({ action: 'setAutoNext', after_ms });
  };
  return (
    <div className="in-name">
      <label>
        The next lot comes up{' '}
        <select
          value={isOther ? OTHER : (autoNextMs ?? '')}
          disabled={isBusy}
          onChange={({ target: { value } }) => {
            if (value === OTHER) setIsOther(true);
            else set(value === '' ? null : Number(value));
          }}
        >
          <option value="">when it is put up</option>
          {[...pauses].map((it) => (
            <option key={it} value={it}>
              by itself after {it / 1000} s
            </option>
          ))}
          <option value={OTHER}>by itself after …</option>
        </select>
      </label>
      {isOther && <OtherPause isBusy={isBusy} onSet={set} />}
    </div>
  );
}

interface OtherPauseProps {
  readonly isBusy: boolean;
  readonly onSet: (ms: number) => void;
}

function OtherPause({ isBusy, onSet }: OtherPauseProps) {
  const [typed, setTyped] = useState('');
  const ms = Math.round(Number(typed) * 1000);
  const isPossible = ms >= SHORTEST_PAUSE_MS && ms <= LONGEST_PAUSE_MS;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isPossible && !isBusy) onSet(ms);
  };
  return (
    <form className="in-name" noValidate onSubmit={submit}>
      <label>
        Seconds, {SHORTEST_PAUSE_MS / 1000} to {LONGEST_PAUSE_MS / 1000}{' '}
        <input
          type="number"
          min={SHORTEST_PAUSE_MS / 1000}
          max={LONGEST_PAUSE_MS / 1000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={!isPossible || isBusy}>
        Set
      </Button>
    </form>
  );
}
