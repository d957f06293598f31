import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../app-context';
import { dollars } from '../auction/money';
import { answered, type League, type LeagueMember } from '../leagues/client';
import type { Role } from '../protocol/messages';
import { ROLES } from '../room/words';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';
import { MemberActs } from './member-acts';

/** Who is in the league, with which role; and the code that lets others in. */
export function MembersTab({ league }: { readonly league: League }) {
  const { leagues } = useApp();
  const queries = useQueryClient();
  const path = { league_id: league.league_id };
  const isCommissioner = league.role === 'commissioner';
  const runs = isCommissioner || league.role === 'admin';
  const key = ['leagues', league.league_id];
  const refresh = () => queries.invalidateQueries({ queryKey: ['leagues'] });
  const members = useQuery({
    queryKey: [...key, 'members'],
    queryFn: async () => {
      const params = { path, query: { limit: 100 } };
      return answered(await leagues.GET('/leagues/{league_id}/members', { params })).members;
    },
  });
  const invite = useQuery({
    queryKey: [...key, 'invite'],
    enabled: runs,
    queryFn: async () =>
      answered(await leagues.GET('/leagues/{league_id}/invite', { params: { path } })),
  });
  const renewing = useMutation({
    mutationFn: async () =>
      answered(await leagues.POST('/leagues/{league_id}/invite', { params: { path } })),
    onSettled: refresh,
  });
  const changing = useMutation({
    mutationFn: async ({ member, role }: { member: LeagueMember; role: Role }) => {
      const header = { 'If-Match': `"${member.version}"` };
      const params = { path: { ...path, number: member.number }, header };
      const where = '/leagues/{league_id}/members/{number}/role';
      return answered(await leagues.PUT(where, { params, body: { role } }));
    },
    onSettled: refresh,
  });
  return (
    <div>
      {runs && (
        <p className="acts invite">
          {invite.data?.code ? (
            <span>
              Invitation code <code>{invite.data.code}</code>
            </span>
          ) : (
            <span>Nobody can join with a code.</span>
          )}
          <button type="button" disabled={renewing.isPending} onClick={() => renewing.mutate()}>
            {invite.data?.code ? 'Another code' : 'Make a code'}
          </button>
        </p>
      )}
      <ProblemText error={members.error ?? changing.error ?? renewing.error} />
      <table className="table">
        <caption className="hidden">Members</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Role</th>
            <th scope="col">Budget</th>
          </tr>
        </thead>
        <tbody>
          {members.data
            ?.filter((it) => it.status === 'active')
            .map((member) => (
              <tr key={member.number}>
                <th scope="row">
                  {member.name}
                  {member.email && <small>{member.email}</small>}
                </th>
                <td>
                  {isCommissioner && member.number !== league.number ? (
                    <RoleChoice
                      member={member}
                      isBusy={changing.isPending}
                      onChoose={(role) => changing.mutate({ member, role })}
                    />
                  ) : (
                    ROLES[member.role]
                  )}
                </td>
                <td>
                  {runs ? (
                    <MemberActs key={member.version} league={league} member={member} />
                  ) : member.budget_cents == null ? (
                    'as the rules say'
                  ) : (
                    dollars(member.budget_cents)
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

interface RoleChoiceProps {
  readonly member: LeagueMember;
  readonly isBusy: boolean;
  readonly onChoose: (role: Role) => void;
}

const GIVEN = ['admin', 'bidder', 'spectator'] as const;

function RoleChoice({ member, isBusy, onChoose }: RoleChoiceProps) {
  return (
    <span className="acts">
      <select
        aria-label={`Role of ${member.name}`}
        value={member.role}
        disabled={isBusy}
        onChange={(event) => onChoose(event.target.value as Role)}
      >
        {GIVEN.map((role) => (
          <option key={role} value={role}>
            {ROLES[role]}
          </option>
        ))}
      </select>
      <Confirm
        trigger={
          <button type="button" disabled={isBusy} aria-label={`Hand over to ${member.name}`}>
            Hand over
          </button>
        }
        title={`Make ${member.name} the commissioner?`}
        act="Hand the league over"
        onConfirm={() => onChoose('commissioner')}
      >
        <p>You become an admin, and only {member.name} can hand the league back.</p>
      </Confirm>
    </span>
  );
}
