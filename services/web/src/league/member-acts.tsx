import { type FormEvent, useState } from 'react';
import { answered, isOutdated, type League, type LeagueMember } from '../leagues/client';
import { useAct } from '../leagues/queries';
import { Button } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';
import { shown, typedCents } from './fields';

interface MemberActsProps {
  readonly league: League;
  readonly member: LeagueMember;
}

/** A budget of a member's own, and the way out of the league. */
export function MemberActs({ league, member }: MemberActsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const known = shown(member.budget_cents);
  const budget = typed ?? known;
  const path = { league_id: league.league_id, number: member.number };
  const changing = useAct(async (api) => {
    const body = { budget_cents: budget.trim() ? typedCents(budget, 'Budget') : null };
    const params = { path, header: { 'If-Match': `"${member.version}"` } };
    const where = '/leagues/{league_id}/members/{number}/budget';
    return answered(await api.PUT(where, { params, body }));
  });
  const removing = useAct(async (api) =>
    answered(await api.DELETE('/leagues/{league_id}/members/{number}', { params: { path } })),
  );
  const drop = () => setTyped(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate(undefined, {
      onSuccess: drop,
      onError: (failure) => isOutdated(failure) && drop(),
    });
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
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" disabled={budget === known}>
          Set
        </Button>
        {member.role !== 'commissioner' && member.number !== league.number && (
          <Confirm
            trigger={
              <Button disabled={removing.isPending} aria-label={`Remove ${member.name}`}>
                Remove
              </Button>
            }
            title={`Remove ${member.name} from the league?`}
            act="Remove them"
            onConfirm={() => removing.mutate()}
          >
            <p>
              Their connections close. What they bought stays theirs; the commissioner can let them
              in again.
            </p>
          </Confirm>
        )}
      </form>
      <ProblemText error={changing.error ?? removing.error} />
    </>
  );
}
