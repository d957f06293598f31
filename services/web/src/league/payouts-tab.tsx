import { useFieldArray, useWatch } from 'react-hook-form';
import { type Round, roundsOf } from '../auction/rounds';
import type { SettlementRules } from '../leagues/client';
import { useField } from '../leagues/queries';
import { useVersioned } from '../leagues/versioned';
import { ProblemText } from '../ui/problem';
import { Button } from '../ui/button';
import { basisPointsOf, shown, typedCents } from './fields';
import { isPercentage, type PayoutFields, totalBasisPoints } from './payouts';
import { useTypedForm } from './typed-form';

interface Fields {
  readonly fee: string;
  tax: { from: string; percent: string }[];
  payouts: PayoutFields[];
}

interface TabProps {
  readonly leagueId: string;
  readonly mayChange: boolean;
}

const percentage = (basisPoints: number) => `${basisPoints / 100}%`;

/** Fee, tax and what results pay, with a look at whether it adds up. */
export function PayoutsTab({ leagueId, mayChange }: TabProps) {
  const params = { path: { league_id: leagueId } };
  const field = useField(leagueId);
  const { value, error, saving } = useVersioned<SettlementRules, SettlementRules>({
    name: 'settlement-rules',
    leagueId,
    read: (api) => api.GET('/leagues/{league_id}/settlement-rules', { params }),
    save: (api, etag, body) =>
      api.PUT('/leagues/{league_id}/settlement-rules', {
        params: { ...params, header: { 'If-Match': etag } },
        body,
      }),
  });
  if (!value || !field.data) return error ? <ProblemText error={error} /> : <p>Loading …</p>;
  return (
    <>
      <PayoutsForm
        rules={value}
        rounds={roundsOf(field.data.slots)}
        mayChange={mayChange}
        isBusy={saving.isPending}
        onSave={(rules) => saving.mutate(rules)}
      />
      <ProblemText error={saving.error} />
      {saving.isSuccess && <p role="status">Saved.</p>}
    </>
  );
}

interface PayoutsFormProps {
  readonly rules: SettlementRules;
  readonly rounds: readonly Round[];
  readonly mayChange: boolean;
  readonly isBusy: boolean;
  readonly onSave: (rules: SettlementRules) => void;
}

function PayoutsForm({ rules, rounds, mayChange, isBusy, onSave }: PayoutsFormProps) {
  const { fee, tax = [], payouts = [] } = rules;
  const { control, register, onSubmit, refusal } = useTypedForm<Fields, SettlementRules>({
    values: {
      fee: fee?.basis_points ? percentage(fee.basis_points) : shown(fee?.fixed_cents),
      tax: tax.map((it) => ({ from: shown(it.from_cents), percent: percentage(it.basis_points) })),
      payouts: payouts.map((it) => ({
        name: it.name,
        round: it.round ?? '',
        pays: it.basis_points == null ? shown(it.fixed_cents) : percentage(it.basis_points),
      })),
    },
    read: rulesOf,
    onSave,
  });
  const rows = useFieldArray({ control, name: 'payouts' });
  const brackets = useFieldArray({ control, name: 'tax' });
  const typed = useWatch({ control, name: 'payouts' }) as readonly PayoutFields[];
  const total = totalBasisPoints(typed, rounds);
  const addsUp = total === 10_000 || total === 0;
  return (
    <form onSubmit={onSubmit}>
      <fieldset className="fields" disabled={!mayChange}>
        <legend className="hidden">Payouts</legend>
        <label>
          The commissioner’s fee, 1% or an amount
          <input {...register('fee')} />
        </label>
        <h2>Tax on what a member spends</h2>
        {brackets.fields.map((field, index) => (
          <div className="row" key={field.id}>
            <label>
              From
              <input {...register(`tax.${index}.from`)} inputMode="decimal" required />
            </label>
            <label>
              Percentage
              <input {...register(`tax.${index}.percent`)} required />
            </label>
            <Button type="button" aria-label="Remove it" onClick={() => brackets.remove(index)}>
              −
            </Button>
          </div>
        ))}
        {mayChange && (
          <Button type="button" onClick={() => brackets.append({ from: '', percent: '' })}>
            Add a bracket
          </Button>
        )}
        <h2>What results pay</h2>
        {rows.fields.map((field, index) => (
          <div className="row" key={field.id}>
            <label>
              Name
              <input {...register(`payouts.${index}.name`)} required maxLength={100} />
            </label>
            <label>
              For
              <select {...register(`payouts.${index}.round`)}>
                <option value="">a prize by hand</option>
                {rounds.map((it) => (
                  <option key={it.name} value={it.name}>
                    each win, {it.name} ({it.games})
                  </option>
                ))}
              </select>
            </label>
            <label>
              Pays, 2% or an amount
              <input {...register(`payouts.${index}.pays`)} required />
            </label>
            <Button type="button" aria-label="Remove it" onClick={() => rows.remove(index)}>
              −
            </Button>
          </div>
        ))}
        <p role="status" className={addsUp ? 'hint' : 'refusal'}>
          {total === 0
            ? 'No percentages: fixed prizes only; what they leave goes back.'
            : `The percentages are ${total / 100} % in all${addsUp ? '.' : ', not 100 %.'}`}
        </p>
        {mayChange && (
          <div className="acts">
            <Button type="button" onClick={() => rows.append({ name: '', round: '', pays: '' })}>
              Add a payout
            </Button>
            <Button type="submit" className="primary" disabled={!addsUp || isBusy}>
              Save
            </Button>
          </div>
        )}
      </fieldset>
      <p role="alert" className="refusal">
        {refusal}
      </p>
    </form>
  );
}

function rulesOf({ fee, tax, payouts }: Fields): SettlementRules {
  return {
    fee: fee.trim() ? shareOf(fee, 'Fee') : {},
    tax: tax.map((it) => ({
      from_cents: typedCents(it.from, 'Tax from'),
      basis_points: pointsOf(it.percent, 'Tax'),
    })),
    payouts: payouts.map((it) => ({
      name: it.name.trim(),
      round: it.round || null,
      ...shareOf(it.pays, it.name),
    })),
  };
}

function shareOf(text: string, what: string) {
  if (isPercentage(text)) return { basis_points: pointsOf(text, what) };
  return { fixed_cents: typedCents(text, what) };
}

function pointsOf(text: string, what: string): number {
  const points = basisPointsOf(text);
  if (points === null) throw new Error(`${what}: “${text}” is no percentage`);
  return points;
}
