import { dollars } from '../auction/money';
import type { League, LeagueMember } from '../leagues/client';
import { useMembers } from '../leagues/queries';
import { mayRun } from '../leagues/rights';
import { ProblemText } from '../ui/problem';
import { ROLES } from '../ui/words';
import { Invite } from './invite';
import { MemberActs } from './member-acts';
import { LetIn, RoleChoice } from './role-choice';

interface MembersProps {
  readonly league: League;
  readonly members: readonly LeagueMember[];
}

/** Who is in the league, with which role; and the code that lets others in. */
export function MembersTab({ league }: { readonly league: League }) {
  const { data: members = [], error } = useMembers(league.league_id);
  const runs = mayRun(league);
  const gone = members.filter((it) => it.status !== 'active');
  return (
    <>
      {runs && <Invite leagueId={league.league_id} />}
      <ProblemText error={error} />
      <Inside league={league} members={members.filter((it) => it.status === 'active')} />
      {gone.length > 0 && <Outside league={league} members={gone} />}
    </>
  );
}

function Inside({ league, members }: MembersProps) {
  const isCommissioner = league.role === 'commissioner';
  const runs = mayRun(league);
  return (
    <table className="table stacked">
      <caption className="hidden">Members</caption>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col">Role</th>
          <th scope="col">Budget</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.number}>
            <th scope="row">
              {member.name}
              {member.email && <small>{member.email}</small>}
            </th>
            <td>
              {isCommissioner && member.number !== league.number ? (
                <RoleChoice league={league} member={member} />
              ) : (
                ROLES[member.role]
              )}
            </td>
            <td>{runs ? <MemberActs league={league} member={member} /> : budgetOf(member)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outside({ league, members }: MembersProps) {
  return (
    <table className="table">
      <caption>Not in the league any more</caption>
      <thead className="hidden">
        <tr>
          <th scope="col">Member</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.number}>
            <th scope="row">{member.name}</th>
            <td>
              {member.status === 'left' ? 'left' : 'removed'}{' '}
              {league.role === 'commissioner' && <LetIn league={league} member={member} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function budgetOf({ budget_cents }: LeagueMember): string {
  return budget_cents == null ? 'as the rules say' : dollars(budget_cents);
}
