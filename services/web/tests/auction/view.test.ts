import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AuctionView, fold, NOTHING } from '../../src/auction/view';
import type { Event, EventReply, State } from '../../src/protocol/messages';
import { STORIES, type Story } from '../fakes/stories';

/** What a server says of a view: absent and null are the same. */
function facts(view: AuctionView) {
  const { seq, status, current, spent, lotStates } = view;
  const present = Object.entries(current ?? {}).filter(([, it]) => it !== null && it !== 0);
  const states = Object.values(lotStates).map((it) => [
    it.lot_id,
    it.status,
    it.seq,
    it.owner ?? null,
    it.price_cents ?? null,
  ]);
  const { autoNextMs } = view;
  return { autoNextMs, seq, status, current: Object.fromEntries(present), spent, states };
}

const asSeen = (state: State) => facts(fold(NOTHING, state));

const views = (story: Story) =>
  new Map([story.opened, ...story.told.map((it) => it.after)].map((it) => [it.seq, asSeen(it)]));

/** A story, and its messages lost, repeated and in any order, snapshots among them. */
const deliveries = fc.constantFrom(...STORIES).chain((story) => {
  const said = [story.opened, ...story.told.flatMap(({ event, after }) => [event, after])];
  return fc.record({
    story: fc.constant(story),
    messages: fc.array(fc.constantFrom<State | EventReply>(...said), { maxLength: 60 }),
  });
});

describe('the view', () => {
  test.each(STORIES.map((story, number) => ({ number, story })))(
    'of story $number is at every event what the Python client makes of it',
    ({ story }) => {
      let view = fold(NOTHING, story.opened);
      for (const { event, after } of story.told) {
        view = fold(view, event);
        expect(facts(view)).toEqual(asSeen(after));
      }
    },
  );

  test('whatever gets lost, is the auction as it was at its seq, and never goes back', () => {
    fc.assert(
      fc.property(deliveries, ({ story, messages }) => {
        const known = views(story);
        let view = NOTHING;
        for (const message of messages) {
          const next = fold(view, message);
          expect(next.seq).toBeGreaterThanOrEqual(view.seq);
          view = next;
          if (view.synced) expect(facts(view)).toEqual(known.get(view.seq));
        }
      }),
    );
  });

  test('never shows an older price after a newer one', () => {
    fc.assert(
      fc.property(deliveries, ({ messages }) => {
        let view = NOTHING;
        for (const message of messages) {
          const next = fold(view, message);
          const isSame = next.seq === view.seq && view.synced;
          if (isSame) expect(facts(next).current).toEqual(facts(view).current);
          view = next;
        }
      }),
    );
  });

  test('is complete once every event came, in whatever order', () => {
    const shuffled = fc.constantFrom(...STORIES).chain((story) =>
      fc.record({
        story: fc.constant(story),
        events: fc.shuffledSubarray(
          story.told.map((it) => it.event),
          { minLength: story.told.length },
        ),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ story, events }) => {
        const view = events.reduce(fold, fold(NOTHING, story.opened));
        expect(view.held.size).toBe(0);
        expect(facts(view)).toEqual(asSeen((story.told.at(-1) as Story['told'][number]).after));
      }),
    );
  });

  test('keeps what a snapshot says again, so that nothing is drawn anew', () => {
    const [story] = STORIES as [Story];
    const view = fold(NOTHING, story.opened);
    const again = fold(view, JSON.parse(JSON.stringify(story.opened)) as State);
    expect(again.lots).toBe(view.lots);
    expect(again.members).toBe(view.members);
    expect(again.lotStates).toBe(view.lotStates);
    expect(again.rules).toBe(view.rules);
  });

  test('asks for a snapshot after an event that it does not know, and goes on from there', () => {
    const [story] = STORIES as [Story];
    const news = { type: 'thunderstorm', at_ms: 1 } as unknown as Event;
    const event = { type: 'event', auction_id: 'auction', seq: 2, event: news } as const;
    const view = fold(fold(NOTHING, story.opened), event);
    expect(view.seq).toBe(2);
    expect(view.stale).toBe(true);
    expect(fold(view, { ...story.opened, seq: 2 }).stale).toBe(false);
  });
});
