import { useFieldArray } from 'react-hook-form';
import type { LeagueRules } from '../leagues/client';
import { useVersioned } from '../leagues/versioned';
import { ProblemText } from '../ui/problem';
import { Button } from '../ui/button';
import { shown, typedCents } from './fields';
import { useTypedForm } from './typed-form';

interface Fields {
  readonly clock: string;
  readonly extension: string;
  readonly budget: string;
  tiers: { from: string; increment: string }[];
}

interface TabProps {
  readonly leagueId: string;
  readonly mayChange: boolean;
}

/** How the auction runs: clock, extension, budgets, and by how much bids rise. */
export function RulesTab({ leagueId, mayChange }: TabProps) {
  const params = { path: { league_id: leagueId } };
  const { value, error, saving } = useVersioned<LeagueRules, LeagueRules>({
    name: 'rules',
    leagueId,
    read: (api) => api.GET('/leagues/{league_id}/rules', { params }),
    save: (api, etag, body) =>
      api.PUT('/leagues/{league_id}/rules', {
        params: { ...params, header: { 'If-Match': etag } },
        body,
      }),
  });
  if (!value) return error ? <ProblemText error={error} /> : <p>Loading …</p>;
  return (
    <RulesForm
      rules={value}
      mayChange={mayChange}
      isBusy={saving.isPending}
      isSaved={saving.isSuccess}
      problem={saving.error}
      onSave={(rules) => saving.mutate(rules)}
    />
  );
}

interface RulesFormProps {
  readonly rules: LeagueRules;
  readonly mayChange: boolean;
  readonly isBusy: boolean;
  readonly isSaved: boolean;
  readonly problem: unknown;
  readonly onSave: (rules: LeagueRules) => void;
}

function RulesForm({ rules, mayChange, isBusy, isSaved, problem, onSave }: RulesFormProps) {
  const { control, register, onSubmit, refusal } = useTypedForm<Fields, LeagueRules>({
    values: {
      clock: rules.clock_ms == null ? '' : String(rules.clock_ms / 1000),
      extension: rules.extension_ms == null ? '' : String(rules.extension_ms / 1000),
      budget: shown(rules.budget_cents),
      tiers: (rules.bid_rules ?? []).map((it) => ({
        from: shown(it.from_cents),
        increment: shown(it.increment_cents),
      })),
    },
    read: rulesOf,
    onSave,
  });
  const tiers = useFieldArray({ control, name: 'tiers' });
  return (
    <form onSubmit={onSubmit}>
      <fieldset className="fields" disabled={!mayChange}>
        <legend className="hidden">Rules</legend>
        <label>
          A lot’s clock, in seconds
          <input {...register('clock')} type="number" min={1} max={600} step="any" />
        </label>
        <label>
          What a late bid leaves on it, in seconds
          <input {...register('extension')} type="number" min={0.2} max={300} step="any" />
        </label>
        <label>
          Budget of each member, in dollars
          <input {...register('budget')} inputMode="decimal" />
        </label>
        <p className="hint">What is left empty is as the stage has it.</p>
        {tiers.fields.map((field, index) => (
          <div className="row" key={field.id}>
            <label>
              From
              <input {...register(`tiers.${index}.from`)} inputMode="decimal" required />
            </label>
            <label>
              bids rise by
              <input {...register(`tiers.${index}.increment`)} inputMode="decimal" required />
            </label>
            <Button type="button" onClick={() => tiers.remove(index)} aria-label="Remove the tier">
              −
            </Button>
          </div>
        ))}
        {mayChange && (
          <div className="acts">
            <Button
              type="button"
              onClick={() => tiers.append({ from: tiers.fields.length ? '' : '0', increment: '1' })}
            >
              Add a tier
            </Button>
            <Button type="submit" className="primary" disabled={isBusy}>
              Save
            </Button>
          </div>
        )}
      </fieldset>
      <p role="alert" className="refusal">
        {refusal}
      </p>
      <ProblemText error={problem} />
      {isSaved && <p role="status">Saved. It holds from the next lot on.</p>}
    </form>
  );
}

function rulesOf({ clock, extension, budget, tiers }: Fields): LeagueRules {
  return {
    clock_ms: clock ? millisecondsOf(clock) : null,
    extension_ms: extension ? millisecondsOf(extension) : null,
    budget_cents: budget ? typedCents(budget, 'Budget') : null,
    bid_rules: tiers.map((it) => ({
      from_cents: typedCents(it.from, 'From'),
      increment_cents: typedCents(it.increment, 'Increment'),
    })),
  };
}

const millisecondsOf = (seconds: string) => Math.round(Number(seconds) * 1000);
