import { useEffect, useState } from 'react';
import { leftCents } from '../auction/bidding';
import { dollars } from '../auction/money';
import type { Present } from '../protocol/messages';
import { ROLES } from '../ui/words';
import { useClient, useRoom, useView } from './room-context';

/** Each answer costs the server a look at its connections: only who looks at this asks. */
const LOOK_AGAIN_MS = 20_000;

/** Who takes part, who is here, what each has spent and still has. */
export function MembersPanel() {
  const view = useView((it) => it);
  const present = usePresence();
  const teams = new Map<number, number>();
  for (const { owner } of Object.values(view.lotStates)) {
    if (owner != null) teams.set(owner, (teams.get(owner) ?? 0) + 1);
  }
  return (
    <table className="table">
      <caption className="hidden">Members</caption>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col" className="number">
            Teams
          </th>
          <th scope="col" className="number">
            Spent
          </th>
          <th scope="col" className="number">
            Left
          </th>
        </tr>
      </thead>
      <tbody>
        {view.members.map((member) => {
          const isHere = present?.some((it) => it.number === member.number) ?? false;
          return (
            <tr key={member.number} data-you={member.number === view.you}>
              <th scope="row">
                <span className="dot" data-here={isHere} aria-hidden="true" />
                {member.name}
                {isHere && <span className="hidden"> (here)</span>}
                <small>
                  {ROLES[member.role]}
                  {member.number === view.you && ' · you'}
                </small>
              </th>
              <td className="number">{teams.get(member.number) ?? 0}</td>
              <td className="number">{dollars(view.spent[member.number] ?? 0)}</td>
              <td className="number">
                {member.role === 'spectator' ? '' : dollars(leftCents(view, member.number))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function usePresence(): readonly Present[] | null {
  const client = useClient();
  const isLive = useRoom(({ link }) => link.state === 'live');
  const [present, setPresent] = useState<readonly Present[] | null>(null);
  useEffect(() => {
    if (!isLive) return undefined;
    const look = () => {
      client.send({ action: 'whoIsHere' }).then(
        (answer) => answer.type === 'presence' && setPresent(answer.members),
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [client, isLive]);
  return present;
}
