import { useState } from 'react';
import { isOutdated } from '../leagues/client';
import type { components } from '../leagues/schema';
import { useVersioned } from '../leagues/versioned';
import { ProblemText } from '../ui/problem';
import { Button } from '../ui/button';
import { seedsOf } from '../ui/words';

type Lots = components['schemas']['Lots'];
type Lot = Lots['lots'][number];
type ArrangeLots = components['schemas']['ArrangeLots'];

interface TabProps {
  readonly leagueId: string;
  readonly mayChange: boolean;
}

/** The order in which lots come up, and which slots are sold together. */
export function LotsTab({ leagueId, mayChange }: TabProps) {
  const params = { path: { league_id: leagueId } };
  const { value, error, saving } = useVersioned<Lots, ArrangeLots>({
    name: 'lots',
    leagueId,
    read: (api) => api.GET('/leagues/{league_id}/lots', { params }),
    save: (api, etag, body) =>
      api.PUT('/leagues/{league_id}/lots', {
        params: { ...params, header: { 'If-Match': etag } },
        body,
      }),
  });
  const [changed, setChanged] = useState<readonly Lot[] | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (!value) return error ? <ProblemText error={error} /> : <p>Loading …</p>;
  const lots = changed ?? value.lots;

  const move = (index: number, by: number) => {
    const [lot] = lots.slice(index, index + 1);
    if (!lot) return;
    setChanged(lots.toSpliced(index, 1).toSpliced(index + by, 0, lot));
  };
  const choose = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const bundle = () => {
    const parts = lots.filter((it) => chosen.has(it.lot_id));
    const [first] = parts;
    if (!first) return;
    const slots = parts.flatMap((it) => it.slots);
    const name = `${slots.length} teams, ${[...new Set(slots.map((it) => `seed ${it.seed}`))].join(', ')}`;
    const others = lots.filter((it) => it === first || !chosen.has(it.lot_id));
    setChanged(others.map((it) => (it === first ? { ...first, name, slots } : it)));
    setChosen(new Set());
  };
  const split = (lot: Lot) => {
    const parts = lot.slots.map((slot) => ({
      ...lot,
      lot_id: slot.slot_id,
      name: '',
      slots: [slot],
    }));
    setChanged(lots.flatMap((it) => (it === lot ? parts : [it])));
  };
  const drop = () => {
    setChanged(null);
    setChosen(new Set());
  };
  const save = () => {
    const body = lots.map(({ name, slots }) => ({
      slot_ids: slots.map((it) => it.slot_id),
      name: name || null,
    }));
    saving.mutate(
      { lots: body },
      // what somebody else saved is looked at before it is changed
      { onSuccess: drop, onError: (failure) => isOutdated(failure) && drop() },
    );
  };
  return (
    <div>
      {mayChange && (
        <div className="acts">
          <Button type="button" disabled={chosen.size < 2} onClick={bundle}>
            Sell the chosen together
          </Button>
          <Button
            type="button"
            className="primary"
            disabled={changed === null || saving.isPending}
            onClick={save}
          >
            Save
          </Button>
        </div>
      )}
      <ProblemText error={saving.error} />
      <ol className="lot-order">
        {lots.map((lot, index) => {
          const name = lot.name || lot.slots.map((it) => it.teams.join(' / ')).join(', ');
          return (
            <li key={lot.lot_id}>
              {mayChange && (
                <input
                  type="checkbox"
                  aria-label={`Choose ${name}`}
                  checked={chosen.has(lot.lot_id)}
                  onChange={() => choose(lot.lot_id)}
                />
              )}
              <span>
                {name} <small>{seedsOf(lot)}</small>
              </span>
              {mayChange && (
                <span className="acts">
                  {lot.slots.length > 1 && (
                    <Button type="button" onClick={() => split(lot)} aria-label={`Split ${name}`}>
                      Split
                    </Button>
                  )}
                  <Button
                    type="button"
                    aria-label={`${name} earlier`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    ↑
                  </Button>
                  <Button
                    type="button"
                    aria-label={`${name} later`}
                    disabled={index === lots.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    ↓
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
