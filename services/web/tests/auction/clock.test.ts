import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubted, offsetMs, type ServerClock, withPing, withTold } from '../../src/auction/clock';

/** A ping that is answered in the middle of its way, `offset` ahead. */
const pinged = (clock: ServerClock, sentMs: number, roundTrip: number, offset: number) =>
  withPing(clock, sentMs, sentMs + roundTrip, sentMs + roundTrip / 2 + offset);

describe("the server's clock", () => {
  test('is the local one before anything is known', () => {
    expect(offsetMs([])).toBe(0);
  });

  test('is corrected by half the round trip', () => {
    expect(offsetMs(withPing([], 1_000, 1_040, 5_020))).toBe(4_000);
  });

  test('believes the quickest of the latest pings', () => {
    const clock = pinged(pinged(pinged([], 0, 900, 1_900), 1_000, 20, 2_000), 2_000, 600, 2_200);
    expect(offsetMs(clock)).toBe(2_000);
  });

  test('forgets what is long ago', () => {
    let clock = pinged([], 0, 0, 700);
    for (let n = 1; n <= 8; n += 1) clock = pinged(clock, n, 10, 710);
    expect(offsetMs(clock)).toBe(710);
  });

  test('leaves out a ping that came back before it was sent', () => {
    expect(withPing([], 1_000, 999, 5_000)).toEqual([]);
  });

  test('is what the server told, until a ping knows better', () => {
    const told = withTold([], 5_000, 1_000);
    expect(offsetMs(told)).toBe(4_000);
    const known = pinged(told, 1_000, 900, 4_300);
    expect(offsetMs(known)).toBe(4_300);
    expect(withTold(known, 6_000, 2_100)).toBe(known);
  });

  test('forgets the pings of before a sleep, in which the local clock stood still', () => {
    const slept = pinged([], 0, 10, 0);
    expect(offsetMs(pinged(slept, 1_000, 300, 600_000))).toBe(600_000);
  });

  test('counts on a new connection until anything else is known', () => {
    const before = doubted(pinged([], 0, 10, 3_000));
    expect(offsetMs(before)).toBe(3_000);
    expect(offsetMs(withTold(before, 600_000, 1_000))).toBe(599_000);
    expect(offsetMs(pinged(before, 1_000, 800, 3_100))).toBe(3_100);
    expect(doubted([])).toEqual([]);
  });

  test('is wrong by at most half the quickest round trip, wherever in it the server looked', () => {
    const pings = fc.array(fc.tuple(fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(pings, fc.integer({ min: -1e9, max: 1e9 }), (trips, offset) => {
        const clock = trips.reduce(
          (it, [trip, at], n) =>
            withPing(it, n * 5_000, n * 5_000 + trip, n * 5_000 + trip * at + offset),
          [] as ServerClock,
        );
        const quickest = Math.min(...trips.map(([trip]) => trip));
        expect(Math.abs(offsetMs(clock) - offset)).toBeLessThanOrEqual(quickest / 2 + 1e-3);
      }),
    );
  });
});
