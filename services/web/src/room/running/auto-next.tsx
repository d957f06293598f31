import { useView } from '../room-context';
import type { ActsProps } from './acts';

const PAUSES_MS = [5_000, 10_000, 20_000, 60_000];

/** Whether lots come up by themselves, in order, and after which pause. */
export function AutoNext({ isBusy, send }: Omit<ActsProps, 'role'>) {
  const autoNextMs = useView((view) => view.autoNextMs);
  const pauses = new Set([...PAUSES_MS, ...(autoNextMs === null ? [] : [autoNextMs])]);
  return (
    <label className="in-name">
      The next lot comes up
      <select
        value={autoNextMs ?? ''}
        disabled={isBusy}
        onChange={({ target: { value } }) =>
          send({ action: 'setAutoNext', after_ms: value === '' ? null : Number(value) })
        }
      >
        <option value="">when it is put up</option>
        {[...pauses].map((it) => (
          <option key={it} value={it}>
            by itself after {it / 1000} s
          </option>
        ))}
      </select>
    </label>
  );
}
