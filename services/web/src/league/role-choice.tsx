import { useState } from 'react';
import { answered, type League, type LeagueMember } from '../leagues/client';
import { useAct } from '../leagues/queries';
import type { Role } from '../protocol/messages';
import { Button } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';
import { ROLES } from '../ui/words';

const GIVEN = ['admin', 'bidder', 'spectator'] as const;

interface RoleProps {
  readonly league: League;
  readonly member: LeagueMember;
}

function useRole({ league, member }: RoleProps) {
  return useAct(async (api, role: Role) => {
    const path = { league_id: league.league_id, number: member.number };
    const params = { path, header: { 'If-Match': `"${member.version}"` } };
    const where = '/leagues/{league_id}/members/{number}/role';
    return answered(await api.PUT(where, { params, body: { role } }));
  });
}

/** Another role for a member, the commissioner's own among them. */
export function RoleChoice({ league, member }: RoleProps) {
  const giving = useRole({ league, member });
  const [chosen, setChosen] = useState<Role | null>(null);
  const role = chosen ?? member.role;
  const give = () => giving.mutate(role, { onSettled: () => setChosen(null) });
  return (
    <span className="acts">
      <select
        aria-label={`Role of ${member.name}`}
        value={role}
        onChange={(event) => setChosen(event.target.value as Role)}
      >
        {GIVEN.map((it) => (
          <option key={it} value={it}>
            {ROLES[it]}
          </option>
        ))}
      </select>
      <Confirm
        trigger={
          <Button
            disabled={giving.isPending || role === member.role}
            aria-label={`Give ${member.name} another role`}
          >
            Give
          </Button>
        }
        title={`Make ${member.name} ${ROLES[role]}?`}
        act="Give the role"
        onConfirm={give}
      >
        <p>Their connections to the auction close; they come back with what the role may do.</p>
      </Confirm>
      <Confirm
        trigger={
          <Button disabled={giving.isPending} aria-label={`Hand over to ${member.name}`}>
            Hand over
          </Button>
        }
        title={`Make ${member.name} the commissioner?`}
        act="Hand the league over"
        onConfirm={() => giving.mutate('commissioner')}
      >
        <p>You become an admin, and only {member.name} can hand the league back.</p>
      </Confirm>
      <ProblemText error={giving.error} />
    </span>
  );
}

/** Back into the league, for who has left it or was removed. */
export function LetIn({ league, member }: RoleProps) {
  const giving = useRole({ league, member });
  return (
    <>
      <Button
        disabled={giving.isPending}
        aria-label={`Let ${member.name} in again`}
        onClick={() => giving.mutate(member.role === 'commissioner' ? 'admin' : member.role)}
      >
        Let in again
      </Button>
      <ProblemText error={giving.error} />
    </>
  );
}
