/** Whatever a person does, and whatever the dice say. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LONGEST_MS, SHORTEST_MS } from '../../src/line/pace';
import { Waiter } from '../../src/line/waiter';
import { FakeLine } from '../fakes/line';

let line: FakeLine;
let waiter: Waiter;
let isSeen: boolean;

const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);

function makeWaiter(random = () => 0.5): Waiter {
  return new Waiter({ line, onAdmitted: () => undefined, isSeen: () => isSeen, random });
}

beforeEach(() => {
  vi.useFakeTimers();
  isSeen = true;
});

afterEach(() => {
  waiter.stop();
  vi.useRealTimers();
});

const ACTS = ['wake', 'join', 'leave', 'hide', 'show', 'serve', 'break', 'mend', 'stop', 'start'];
const steps = fc.array(
  fc.record({ act: fc.constantFrom(...ACTS), ms: fc.integer({ min: 0, max: 8_000 }) }),
  { maxLength: 30 },
);

function act(name: string): void {
  if (name === 'wake') waiter.wake();
  if (name === 'join') waiter.join();
  if (name === 'leave') void waiter.leave();
  if (name === 'hide') isSeen = false;
  if (name === 'show') isSeen = true;
  if (name === 'serve') line.serve(line.told.served + 1);
  if (name === 'break') line.broken = { serving: new Error('no network') };
  if (name === 'mend') line.broken = {};
  if (name === 'stop') waiter.stop();
  if (name === 'start') waiter.start();
}

test('whatever happens, nobody asks how far the line is twice at once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      line = new FakeLine();
      let asking = 0;
      let most = 0;
      const { serving } = line;
      const counted = Object.assign(line, {
        serving: async () => {
          asking += 1;
          most = Math.max(most, asking);
          try {
            return await serving();
          } finally {
            asking -= 1;
          }
        },
      });
      line = counted;
      waiter = makeWaiter();
      waiter.start();
      for (const { act: name, ms } of story) {
        act(name);
        // eslint-disable-next-line no-await-in-loop -- a story goes step by step
        await settle(ms);
      }
      waiter.stop();
      await settle();
      expect(most).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
});

test('between two questions there is always a pause within its bounds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      async (dice) => {
        line = new FakeLine();
        waiter = makeWaiter(() => dice.next().value as number);
        waiter.start();
        await settle(3 * 60_000);
        waiter.stop();
        await settle();
        const pauses = line.at.slice(1).map((at, index) => at - (line.at[index] ?? 0));
        expect(Math.min(...pauses)).toBeGreaterThanOrEqual(SHORTEST_MS);
        expect(Math.max(...pauses)).toBeLessThanOrEqual(LONGEST_MS + 100);
      },
    ),
    { numRuns: 20 },
  );
});
