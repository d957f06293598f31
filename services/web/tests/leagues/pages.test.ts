import { expect, test } from 'vitest';
import { everyRow } from '../../src/leagues/pages';

test('every page is read once, in its order', async () => {
  const asked: (string | undefined)[] = [];
  const rows = await everyRow((cursor) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const next_cursor = from < 200 ? String(from + 100) : null;
    return Promise.resolve({ rows: [from, from + 1], next_cursor });
  });
  expect(asked).toEqual([undefined, '100', '200']);
  expect(rows).toEqual([0, 1, 100, 101, 200, 201]);
});
