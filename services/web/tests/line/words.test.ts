import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aheadText, keptText, people, timeText, waitText } from '../../src/line/words';

const MINUTE_MS = 60_000;

test.each([
  [null, 'unknown'],
  [[0, 0.5], 'less than a minute'],
  [[0.4, 2.5], 'up to 3 minutes'],
  [[3.2, 4.8], '3 to 5 minutes'],
  [[5, 5], 'about 5 minutes'],
  [[30, 170], '30 minutes to 3 hours'],
] as const)('a wait of %j minutes is %s', (minutes, text) => {
  const wait = minutes && { low: minutes[0] * MINUTE_MS, high: minutes[1] * MINUTE_MS };
  expect(waitText(wait)).toBe(text);
});

test.each([
  [10_000, '10 seconds'],
  [60_000, 'a minute'],
  [90_500, '90 seconds'],
  [600_000, '10 minutes'],
])('what is kept for %i ms is kept for %s', (ms, text) => {
  expect(keptText(ms)).toBe(text);
});

test.each([
  [null, ''],
  [0, 'You are next.'],
  [1, 'One person is ahead of you.'],
  [2, 'Two people are ahead of you.'],
  [3, 'At most 5 people are ahead of you.'],
  [987, 'At most 1,000 people are ahead of you.'],
  [2_000_000, 'More than 100,000 people are ahead of you.'],
])('with %s people ahead one hears: %s', (ahead, text) => {
  expect(aheadText(ahead)).toBe(text);
});

test('who listens is told a few times, however long the line is', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 50 }), (line) => {
      const heard = new Set(line.toSorted((a, b) => b - a).map(aheadText));
      expect(heard.size).toBeLessThanOrEqual(16);
    }),
  );
});

test('a crowd is counted in groups of digits', () => {
  expect(people(1)).toBe('1 person');
  expect(people(1_234_567)).toBe('1,234,567 people');
});

test('a time on another day says which', () => {
  const now = new Date(2026, 10, 21, 12).getTime();
  const day = 24 * 60 * MINUTE_MS;
  expect(timeText(now + day, now)).toMatch(/22/);
  expect(timeText(now, now)).not.toMatch(/21/);
});
