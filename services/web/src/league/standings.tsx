import { useMutation, useQuery } from '@tanstack/react-query';
import { useApp } from '../app-context';
import { dollars, signedDollars } from '../auction/money';
import { answered, type Settlement } from '../leagues/client';
import { Button } from '../ui/button';
import { ProblemText } from '../ui/problem';

const EXPORTS = { CSV: 'settlement.csv', Excel: 'settlement.xlsx' } as const;

/** While results are to come, who looks at the standings sees them move. */
const LOOK_AGAIN_MS = 30_000;

type Standing = Settlement['standings'][number];

/** Everybody's account as it would be if nothing more happened. */
export function Standings({ leagueId }: { readonly leagueId: string }) {
  const { leagues } = useApp();
  const { data, error } = useQuery({
    queryKey: ['leagues', leagueId, 'settlement'],
    refetchInterval: ({ state }) => (state.data?.pending.length === 0 ? false : LOOK_AGAIN_MS),
    queryFn: async () =>
      answered(
        await leagues.GET('/leagues/{league_id}/settlement', {
          params: { path: { league_id: leagueId } },
        }),
      ),
  });
  if (!data) return error ? <ProblemText error={error} /> : <p>Loading …</p>;
  const order = data.standings.toSorted((a, b) => b.net_return_cents - a.net_return_cents);
  return (
    <>
      <p>
        Prize pool {dollars(data.prize_pool_cents)}
        {data.fee_cents > 0 && `, of which ${dollars(data.fee_cents)} are the fee`}
        {data.pending.length === 0 ? '; final.' : `; ${data.pending.length} results are to come.`}
      </p>
      <table className="table">
        <caption>Standings</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col" className="number">
              Buy-in
            </th>
            <th scope="col" className="number">
              Payout
            </th>
            <th scope="col" className="number">
              Net
            </th>
          </tr>
        </thead>
        <tbody>
          {order.map((it) => (
            <tr key={it.number}>
              <th scope="row">
                <Account standing={it} />
              </th>
              <td className="number">{dollars(it.total_buy_in_cents)}</td>
              <td className="number">{dollars(it.payout_cents)}</td>
              <td className="number">{signedDollars(it.net_return_cents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Exports leagueId={leagueId} />
      {data.pending.length > 0 && (
        <details>
          <summary>What is to come</summary>
          <ul>
            {data.pending.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What a member's buy-in and payout are made of. */
function Account({ standing }: { readonly standing: Standing }) {
  const lines = [
    ...(standing.tax_cents > 0 ? [['Tax', standing.tax_cents] as const] : []),
    ...standing.payouts.map((it) => [`${it.results} × ${it.rule}`, it.amount_cents] as const),
    ...(standing.returned_cents > 0 ? [['Returned', standing.returned_cents] as const] : []),
  ];
  if (lines.length === 0) return standing.name;
  return (
    <details>
      <summary>{standing.name}</summary>
      <ul>
        {lines.map(([what, cents]) => (
          <li key={what}>
            <small>
              {what}: {dollars(cents)}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Exports({ leagueId }: { readonly leagueId: string }) {
  const { session } = useApp();
  const exporting = useMutation({
    mutationFn: async (name: string) => {
      const response = await session.authorized((idToken) =>
        fetch(`/leagues/${leagueId}/${name}`, { headers: { Authorization: `Bearer ${idToken}` } }),
      );
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      save(await response.blob(), name);
    },
  });
  return (
    <>
      <div className="acts" role="group" aria-label="Export">
        {Object.entries(EXPORTS).map(([kind, name]) => (
          <Button key={kind} disabled={exporting.isPending} onClick={() => exporting.mutate(name)}>
            {kind}
          </Button>
        ))}
      </div>
      <ProblemText error={exporting.error} />
    </>
  );
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
