import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApp } from '../app-context';
import { answered, type League, type LeagueMember } from '../leagues/client';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';
import { shown, typedCents } from './fields';

interface MemberActsProps {
  readonly league: League;
  readonly member: LeagueMember;
}

/** A budget of a member's own, and the way out of the league. */
export function MemberActs({ league, member }: MemberActsProps) {
  const { leagues } = useApp();
  const queries = useQueryClient();
  const [budget, setBudget] = useState(shown(member.budget_cents));
  const path = { league_id: league.league_id, number: member.number };
  const onSettled = () => queries.invalidateQueries({ queryKey: ['leagues'] });
  const changing = useMutation({
    mutationFn: async () => {
      const body = { budget_cents: budget.trim() ? typedCents(budget, 'Budget') : null };
      const params = { path, header: { 'If-Match': `"${member.version}"` } };
      const where = '/leagues/{league_id}/members/{number}/budget';
      return answered(await leagues.PUT(where, { params, body }));
    },
    onSettled,
  });
  const removing = useMutation({
    mutationFn: async () =>
      answered(await leagues.DELETE('/leagues/{league_id}/members/{number}', { params: { path } })),
    onSettled,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate();
  };
  return (
    <>
      <form className="acts" onSubmit={submit}>
        <input
          className="budget"
          inputMode="decimal"
          placeholder="as the rules say"
          aria-label={`Budget of ${member.name}, in dollars`}
          value={budget}
          onChange={(event) => setBudget(event.target.value)}
        />
        <button type="submit" disabled={budget === shown(member.budget_cents)}>
          Set
        </button>
        {member.role !== 'commissioner' && member.number !== league.number && (
          <Confirm
            trigger={
              <button type="button" aria-label={`Remove ${member.name}`}>
                Remove
              </button>
            }
            title={`Remove ${member.name} from the league?`}
            act="Remove them"
            onConfirm={() => removing.mutate()}
          >
            <p>
              Their connections close. What they bought stays theirs; you can let them in again.
            </p>
          </Confirm>
        )}
      </form>
      <ProblemText error={changing.error ?? removing.error} />
    </>
  );
}
