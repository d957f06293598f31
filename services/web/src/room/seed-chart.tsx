import {
  Chart,
  LinearScale,
  LineElement,
  PointElement,
  ScatterController,
  type ScatterDataPoint,
  Tooltip,
} from 'chart.js';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { dollars } from '../auction/money';
import type { SeedPrices } from './seed-prices';

Chart.register(ScatterController, PointElement, LineElement, LinearScale, Tooltip);

interface Point extends ScatterDataPoint {
  readonly name: string;
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function onSchemeChange(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

interface SeedChartProps {
  readonly seeds: readonly SeedPrices[];
}

/** A point a sale, and a line through the averages. Loaded by itself: a library comes with it. */
export default function SeedChart({ seeds }: SeedChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = useSyncExternalStore(onSchemeChange, () => dark.matches);
  useEffect(() => {
    if (!canvas.current) return undefined;
    const chart = draw(canvas.current, seeds);
    return () => chart.destroy();
  }, [seeds, isDark]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label="Prices by seed, as in the table below"
      aria-details="prices-by-seed"
    />
  );
}

function draw(canvas: HTMLCanvasElement, seeds: readonly SeedPrices[]): Chart<'scatter'> {
  // a canvas knows no styles: they come from what is around it
  const { color, accentColor, borderTopColor } = getComputedStyle(canvas.parentElement ?? canvas);
  const axis = { border: { color: borderTopColor }, grid: { color: borderTopColor } };
  const sales: Point[] = seeds.flatMap(({ seed, sold }) =>
    sold.map(({ name, cents }) => ({ x: seed, y: cents, name })),
  );
  const averages: Point[] = seeds.map(({ seed, averageCents }) => ({
    x: seed,
    y: averageCents,
    name: `Seed ${seed}, average`,
  }));
  return new Chart(canvas, {
    type: 'scatter',
    data: {
      datasets: [
        { data: sales, backgroundColor: accentColor, pointRadius: 4 },
        { data: averages, showLine: true, borderColor: color, borderWidth: 1.5, pointRadius: 0 },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      color,
      scales: {
        x: {
          ...axis,
          title: { display: true, text: 'Seed', color },
          ticks: { color, precision: 0 },
        },
        y: {
          ...axis,
          beginAtZero: true,
          ticks: { color, maxTicksLimit: 6, callback: (cents) => dollars(Number(cents)) },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            label: ({ raw }) => `${(raw as Point).name}: ${dollars((raw as Point).y ?? 0)}`,
          },
        },
      },
    },
  });
}
