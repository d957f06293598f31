import { memo, useDeferredValue, useMemo, useState } from 'react';
import { dollars } from '../auction/money';
import { mayDo } from '../auction/rights';
import { roleOf } from '../auction/bidding';
import type { Lot, LotState, LotStatus, Member } from '../protocol/messages';
import { LotActs } from './lot-acts';
import { useView } from './room-context';
import { lotTitle, memberName, regionsOf, seedsOf, STATUSES, teamsOf } from './words';

type Shown = LotStatus | 'all';

/** Every lot: what it is, where it stands, whose it is. */
export function LotsPanel() {
  const lots = useView((view) => view.lots);
  const states = useView((view) => view.lotStates);
  const members = useView((view) => view.members);
  const mayRun = useView((view) => mayDo(roleOf(view), 'nextLot'));
  const [sought, setSought] = useState('');
  const [status, setStatus] = useState<Shown>('all');
  const [byRegion, setByRegion] = useState(false);
  const words = useDeferredValue(sought.trim().toLowerCase());
  const found = useMemo(() => {
    const inOrder = lots.toSorted((one, other) => one.position - other.position);
    return inOrder.filter((lot) => {
      const state = states[lot.lot_id];
      if (status !== 'all' && state?.status !== status) return false;
      const owner = state?.owner == null ? '' : memberName(members, state.owner);
      const text = [lotTitle(lot), teamsOf(lot), seedsOf(lot), regionsOf(lot), owner].join(' ');
      return text.toLowerCase().includes(words);
    });
  }, [lots, states, members, status, words]);
  return (
    <div className="lots">
      <div className="filters">
        <input
          type="search"
          placeholder="Team, seed, region, owner"
          aria-label="Search the lots"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <select
          aria-label="Which lots"
          value={status}
          onChange={(event) => setStatus(event.target.value as Shown)}
        >
          <option value="all">All lots</option>
          {Object.entries(STATUSES).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <button type="button" aria-pressed={byRegion} onClick={() => setByRegion(!byRegion)}>
          By region
        </button>
      </div>
      <p className="hint">{standing(states)}</p>
      {found.length === 0 && <p className="empty">No such lot.</p>}
      {byRegion ? (
        <Regions lots={found} states={states} members={members} />
      ) : (
        <LotTable lots={found} states={states} members={members} mayRun={mayRun} />
      )}
    </div>
  );
}

/** "12 to come, 48 sold, 1 passed". */
function standing(states: LotsProps['states']): string {
  const all = Object.values(states);
  const count = (status: LotStatus) => all.filter((it) => it.status === status).length;
  return `${count('unsold')} to come, ${count('sold')} sold, ${count('passed')} passed`;
}

interface LotsProps {
  readonly lots: readonly Lot[];
  readonly states: Readonly<Record<string, LotState>>;
  readonly members: readonly Member[];
}

function LotTable({ lots, states, members, mayRun }: LotsProps & { readonly mayRun: boolean }) {
  return (
    <table className="table">
      <caption className="hidden">Lots</caption>
      <thead>
        <tr>
          <th scope="col">Lot</th>
          <th scope="col">Owner</th>
          <th scope="col" className="number">
            Price
          </th>
          {mayRun && (
            <th scope="col">
              <span className="hidden">Acts</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => {
          const state = states[lot.lot_id];
          const owner = state?.owner == null ? null : memberName(members, state.owner);
          return <LotRow key={lot.lot_id} lot={lot} state={state} owner={owner} mayRun={mayRun} />;
        })}
      </tbody>
    </table>
  );
}

interface LotRowProps {
  readonly lot: Lot;
  readonly state: LotState | undefined;
  readonly owner: string | null;
  readonly mayRun: boolean;
}

const LotRow = memo(function LotRow({ lot, state, owner, mayRun }: LotRowProps) {
  const status = state?.status ?? 'unsold';
  return (
    <tr data-status={status}>
      <th scope="row">
        {lotTitle(lot)}
        <small>
          {seedsOf(lot)} · {regionsOf(lot)}
        </small>
      </th>
      <td>{owner ?? <span className={`badge ${status}`}>{STATUSES[status]}</span>}</td>
      <td className="number">{state?.price_cents == null ? '' : dollars(state.price_cents)}</td>
      {mayRun && (
        <td className="acts">
          <LotActs lot={lot} status={status} owner={owner} />
        </td>
      )}
    </tr>
  );
});

/** The field as it is drawn: a column a region, its seeds from the top. */
function Regions({ lots, states, members }: LotsProps) {
  const regions = [...new Set(lots.flatMap((lot) => lot.slots.map((it) => it.region)))];
  return (
    <div className="regions">
      {regions.map((region) => (
        <section key={region} aria-label={region}>
          <h3>{region}</h3>
          <ol>
            {lots
              .flatMap((lot) => lot.slots.map((slot) => ({ lot, slot })))
              .filter(({ slot }) => slot.region === region)
              .toSorted((one, other) => one.slot.seed - other.slot.seed)
              .map(({ lot, slot }) => {
                const state = states[lot.lot_id];
                const status = state?.status ?? 'unsold';
                return (
                  <li key={slot.slot_id} data-status={status}>
                    <span className="seed">{slot.seed}</span>
                    <span>{slot.teams.join(' / ')}</span>
                    <small>
                      {state?.owner == null
                        ? STATUSES[status]
                        : `${memberName(members, state.owner)} · ${dollars(state.price_cents ?? 0)}`}
                      {lot.slots.length > 1 && ' · bundle'}
                    </small>
                  </li>
                );
              })}
          </ol>
        </section>
      ))}
    </div>
  );
}
