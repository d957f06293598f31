import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { build } from 'vite';

const MOST_BYTES = 200_000;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly isEntry?: boolean;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calcutta-web-'));
  const root = path.join(import.meta.dirname, '..');
  // as it is deployed: in tests' mode React is twice as large
  vi.stubEnv('NODE_ENV', 'production');
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  vi.unstubAllEnvs();
}, 60_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

const CHART = 'src/room/seed-chart.tsx';

/** The scripts that a visit to the room loads: the entry, what it imports at once, and the chart. */
function scripts(): string[] {
  const chunks = JSON.parse(read('assets/manifest.json')) as Record<string, Chunk>;
  const found = new Set<string>();
  const visit = ({ file, imports = [] }: Chunk) => {
    if (found.has(file)) return;
    found.add(file);
    for (const name of imports) visit(chunks[name] as Chunk);
  };
  for (const chunk of Object.values(chunks)) if (chunk.isEntry) visit(chunk);
  expect(found).not.toContain(chunks[CHART]?.file);
  visit(chunks[CHART] as Chunk);
  return [...found];
}

test('the room has at most 200 kB of JavaScript, compressed', () => {
  const files = scripts();
  expect(files).not.toEqual([]);
  const sizes = files.map((it) => gzipSync(read(it)).length);
  expect(sizes.reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test('the page has neither scripts nor styles of its own in its HTML', () => {
  const html = read('index.html');
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/);
});
