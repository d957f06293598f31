import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockSample, offsetMs, withSample } from '../../src/auction/clock';

const ping = (sentMs: number, roundTrip: number, serverTimeMs: number): ClockSample => ({
  sentMs,
  receivedMs: sentMs + roundTrip,
  serverTimeMs,
});

describe("the server's clock", () => {
  test('is the local one before the first ping', () => {
    expect(offsetMs([])).toBe(0);
  });

  test('is corrected by half the round trip', () => {
    expect(offsetMs(withSample([], ping(1_000, 40, 5_020)))).toBe(4_000);
  });

  test('believes the quickest of the latest pings', () => {
    const clock = [ping(0, 900, 1_000), ping(1_000, 20, 3_010), ping(2_000, 600, 9_000)];
    expect(offsetMs(clock)).toBe(2_000);
  });

  test('forgets what is long ago', () => {
    let clock = withSample([], ping(0, 0, 100));
    for (let n = 1; n <= 8; n += 1) clock = withSample(clock, ping(n, 10, n + 5 + 700));
    expect(offsetMs(clock)).toBe(700);
  });

  test('leaves out a ping that came back before it was sent', () => {
    expect(withSample([], ping(1_000, -1, 5_000))).toEqual([]);
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
            withSample(it, ping(n * 5_000, trip, n * 5_000 + trip * at + offset)),
          [] as readonly ClockSample[],
        );
        const quickest = Math.min(...trips.map(([trip]) => trip));
        expect(Math.abs(offsetMs(clock) - offset)).toBeLessThanOrEqual(quickest / 2 + 1e-3);
      }),
    );
  });
});
