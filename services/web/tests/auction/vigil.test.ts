import { describe, expect, test } from 'vitest';
import {
  QUIET_MS,
  QUIET_WHILE_CLOCK_RUNS_MS,
  Vigil,
  WAKING_ANSWER_MS,
} from '../../src/auction/vigil';

/** A connection whose first pings were answered at once, the last one at 0. */
function begun(share = 0): Vigil {
  const vigil = new Vigil(-2_000, share);
  for (const now of [-2_000, -1_000, 0]) {
    vigil.asked(now);
    vigil.heard(now);
  }
  return vigil;
}

describe('a page', () => {
  test('begins with a few pings for the clock', () => {
    const vigil = new Vigil(0, 0);
    expect(vigil.dueInMs(0, false)).toBe(0);
    vigil.asked(0);
    vigil.heard(40);
    expect(vigil.dueInMs(40, false)).toBe(960);
  });

  test('does not ask as long as it hears something', () => {
    const vigil = begun();
    for (let now = 0; now < 280_000; now += 25_000) {
      vigil.heard(now);
      expect(vigil.dueInMs(now, false)).toBeGreaterThan(0);
    }
  });

  test('asks when it was quiet, and sooner while a clock runs', () => {
    const vigil = begun();
    expect(vigil.dueInMs(0, false)).toBe(QUIET_MS);
    expect(vigil.dueInMs(0, true)).toBe(QUIET_WHILE_CLOCK_RUNS_MS);
  });

  test('asks at another time than others that heard the same', () => {
    expect(begun(0.5).dueInMs(0, false)).toBe(1.25 * QUIET_MS);
  });

  test('asks now and then whatever it hears', () => {
    const vigil = begun();
    vigil.heard(299_000);
    expect(vigil.dueInMs(299_000, false)).toBe(1_000);
  });

  test('asks twice without an answer, and then gives the connection up', () => {
    const vigil = begun();
    vigil.asked(30_000);
    expect(vigil.isHopeless).toBe(false);
    vigil.asked(40_000);
    expect(vigil.isHopeless).toBe(true);
    vigil.heard(41_000);
    expect(vigil.isHopeless).toBe(false);
  });

  test('that was away asks at once, and gives a connection up that does not answer soon', () => {
    const vigil = begun();
    vigil.woken();
    expect(vigil.dueInMs(500, false)).toBe(0);
    expect(vigil.isHopeless).toBe(false);
    vigil.asked(500);
    expect(vigil.dueInMs(500, false)).toBe(WAKING_ANSWER_MS);
    expect(vigil.isHopeless).toBe(true);
  });

  test('that was away takes nothing but a pong to its question for an answer', () => {
    const vigil = begun();
    vigil.woken();
    vigil.heard(499, 0);
    vigil.asked(500);
    vigil.heard(510);
    vigil.heard(511, 0);
    expect(vigil.isHopeless).toBe(true);
    vigil.heard(512, 500);
    expect(vigil.isHopeless).toBe(false);
    expect(vigil.dueInMs(512, false)).toBe(QUIET_MS);
  });

  test('that wakes again while it waits for an answer waits no longer for it', () => {
    const vigil = begun();
    vigil.woken();
    vigil.asked(500);
    vigil.woken();
    expect(vigil.dueInMs(1_500, false)).toBe(WAKING_ANSWER_MS - 1_000);
  });
});
