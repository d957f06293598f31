import { useQuery } from '@tanstack/react-query';
import { useApp } from '../app-context';
import { answered } from '../leagues/client';
import { useAct } from '../leagues/queries';
import { Button } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { ProblemText } from '../ui/problem';

const INVITE = '/leagues/{league_id}/invite';

/** The code that lets others in: made, made anew, or none. */
export function Invite({ leagueId }: { readonly leagueId: string }) {
  const { leagues } = useApp();
  const params = { path: { league_id: leagueId } };
  const invite = useQuery({
    queryKey: ['leagues', leagueId, 'invite'],
    queryFn: async () => answered(await leagues.GET(INVITE, { params })),
  });
  const renewing = useAct(async (api) => answered(await api.POST(INVITE, { params })));
  const revoking = useAct(async (api) => answered(await api.DELETE(INVITE, { params })));
  const isBusy = renewing.isPending || revoking.isPending;
  const code = invite.data?.code;
  return (
    <section className="acts" aria-label="Invitation">
      <p role="status">
        {code ? (
          <>
            Invitation code <code>{code}</code>
          </>
        ) : (
          'Nobody can join with a code.'
        )}
      </p>
      {code ? (
        <>
          <Confirm
            trigger={<Button disabled={isBusy}>Another code</Button>}
            title="Make another code?"
            act="Make it"
            onConfirm={() => renewing.mutate()}
          >
            <p>Nobody can join with {code} any more. That cannot be taken back.</p>
          </Confirm>
          <Confirm
            trigger={<Button disabled={isBusy}>No code</Button>}
            title="Let nobody in?"
            act="Revoke the code"
            onConfirm={() => revoking.mutate()}
          >
            <p>Nobody can join with {code} any more. You can make another code.</p>
          </Confirm>
        </>
      ) : (
        <Button disabled={isBusy} onClick={() => renewing.mutate()}>
          Make a code
        </Button>
      )}
      <ProblemText error={invite.error ?? renewing.error ?? revoking.error} />
    </section>
  );
}
