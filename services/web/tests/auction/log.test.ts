import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, beginAfter, EMPTY, lastSeq, prepend } from '../../src/auction/log';
import type { EventInPlace } from '../../src/protocol/messages';

const event = (seq: number): EventInPlace => ({
  seq,
  event: { type: 'auction_reopened', at_ms: seq },
});
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => event(from + index));
const seqs = (entries: readonly EventInPlace[]) => entries.map((it) => it.seq);

describe('the log', () => {
  test('tells every event once and in order, however they come', () => {
    const order = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 120 });
    fc.assert(
      fc.property(order, fc.nat(20), fc.nat(120), (came, begin, at) => {
        let log = EMPTY;
        const begun = Math.min(at, came.length);
        came.forEach((seq, index) => {
          if (index === begun) log = beginAfter(log, begin);
          log = add(log, seq, event(seq).event);
        });
        log = beginAfter(log, begin);
        const all = new Set(came);
        let last = begin;
        while (all.has(last + 1)) last += 1;
        expect(lastSeq(log)).toBe(last);
        expect(seqs(log.entries)).toEqual(seqs(range(begin + 1, last)));
      }),
    );
  });

  test('takes what happened before its beginning if that leads up to it', () => {
    const log = add(beginAfter(EMPTY, 5), 6, event(6).event);
    expect(seqs(prepend(log, range(2, 6)).entries)).toEqual([2, 3, 4, 5, 6]);
    expect(prepend(log, range(2, 4))).toBe(log);
    expect(prepend(log, [])).toBe(log);
  });
});
