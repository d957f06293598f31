import { lazy, Suspense, useMemo } from 'react';
import { dollars } from '../auction/money';
import { Boundary } from '../ui/boundary';
import { useView } from './room-context';
import { seedPrices } from './seed-prices';

const SeedChart = lazy(() => import('./seed-chart'));

/** What lots of one slot went for, by seed: a chart, and a table that says the same. */
export function PricesBySeed() {
  const lots = useView((view) => view.lots);
  const states = useView((view) => view.lotStates);
  const seeds = useMemo(() => seedPrices(lots, states), [lots, states]);
  if (seeds.length === 0) return null;
  return (
    <>
      <Boundary instead={<p className="hint">The chart could not be loaded.</p>}>
        <div className="seed-chart">
          <Suspense>
            <SeedChart seeds={seeds} />
          </Suspense>
        </div>
      </Boundary>
      <table className="table" id="prices-by-seed">
        <caption>Prices by seed</caption>
        <thead>
          <tr>
            <th scope="col">Seed</th>
            <th scope="col" className="number">
              Average
            </th>
            <th scope="col" className="number">
              From – to
            </th>
          </tr>
        </thead>
        <tbody>
          {seeds.map(({ seed, sold, averageCents }) => {
            const prices = sold.map((it) => it.cents);
            return (
              <tr key={seed}>
                <th scope="row">{seed}</th>
                <td className="number">{dollars(averageCents)}</td>
                <td className="number">
                  {dollars(Math.min(...prices))} – {dollars(Math.max(...prices))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
