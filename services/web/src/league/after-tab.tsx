import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../app-context';
import { dollars, signedDollars } from '../auction/money';
import { answered } from '../leagues/client';
import type { components } from '../leagues/schema';
import { useVersioned } from '../leagues/versioned';
import { ProblemText } from '../ui/problem';

type Results = components['schemas']['Results'];
type ResultsFile = components['schemas']['ResultsFile'];

interface TabProps {
  readonly leagueId: string;
  readonly mayChange: boolean;
}

/** What was played, and what everybody would have if nothing more happened. */
export function AfterTab({ leagueId, mayChange }: TabProps) {
  return (
    <>
      {mayChange && <ResultsEntry leagueId={leagueId} />}
      <Standings leagueId={leagueId} />
    </>
  );
}

function ResultsEntry({ leagueId }: { readonly leagueId: string }) {
  const params = { path: { league_id: leagueId } };
  const [text, setText] = useState<string | null>(null);
  const { value, saving } = useVersioned<Results, ResultsFile>({
    name: 'results',
    leagueId,
    read: (api) => api.GET('/leagues/{league_id}/results', { params }),
    save: (api, etag, body) =>
      api.PUT('/leagues/{league_id}/results', {
        params: { ...params, header: { 'If-Match': etag } },
        body,
      }),
  });
  const games = (value?.games ?? []).map((it) =>
    [it.round, it.winner, it.winner_score, it.loser, it.loser_score].join(','),
  );
  const known = ['round,winner,winner_score,loser,loser_score', ...games].join('\n');
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ results_csv: text ?? known });
      }}
    >
      <label>
        Games that were played: all of them, one a line
        <textarea
          rows={8}
          spellCheck={false}
          value={text ?? known}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className="acts">
        <button type="submit" className="primary" disabled={saving.isPending || text === null}>
          Save the results
        </button>
      </div>
      <ProblemText error={saving.error} />
      {saving.isSuccess && <p role="status">Saved.</p>}
    </form>
  );
}

const EXPORTS = { CSV: 'settlement.csv', Excel: 'settlement.xlsx' } as const;

function Standings({ leagueId }: { readonly leagueId: string }) {
  const { leagues, session } = useApp();
  const { data, error } = useQuery({
    queryKey: ['leagues', leagueId, 'settlement'],
    queryFn: async () =>
      answered(
        await leagues.GET('/leagues/{league_id}/settlement', {
          params: { path: { league_id: leagueId } },
        }),
      ),
  });
  const exporting = useMutation({
    mutationFn: async (name: string) => {
      const headers = { Authorization: `Bearer ${await session.idToken()}` };
      const response = await fetch(`/leagues/${leagueId}/${name}`, { headers });
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      save(await response.blob(), name);
    },
  });
  if (!data) return error ? <ProblemText error={error} /> : <p>Loading …</p>;
  const order = data.standings.toSorted((a, b) => b.net_return_cents - a.net_return_cents);
  return (
    <>
      <p>
        Prize pool {dollars(data.prize_pool_cents)}
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
              <th scope="row">{it.name}</th>
              <td className="number">{dollars(it.total_buy_in_cents)}</td>
              <td className="number">{dollars(it.payout_cents)}</td>
              <td className="number">{signedDollars(it.net_return_cents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="acts">
        {Object.entries(EXPORTS).map(([kind, name]) => (
          <button
            key={kind}
            type="button"
            disabled={exporting.isPending}
            onClick={() => exporting.mutate(name)}
          >
            {kind}
          </button>
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
