/** What the page knows of an auction: snapshots and events folded into one picture. */
import type {
  AuctionStatus,
  CurrentLot,
  Event,
  EventReply,
  Lot,
  LotState,
  Member,
  Rules,
  State,
} from '../protocol/messages';
import { advance } from './folding';
import { keepSame } from './same';

/**
 * The auction at `seq`; it only ever moves forward.
 *
 * `autoNextMs`: the pause after which lots come up by themselves; null if they do not.
 * `synced`: a snapshot was seen. `you`: the member whose connection this is. `spent`: natural buy-in
 * in cents by member number; nobody is listed with zero. `held`: events from beyond a gap, by seq;
 * they count once the gap is filled. `status` is null before the auction is opened. `stale`: an event
 * of a newer server's was not understood, so that only a snapshot tells how things are.
 */
export interface AuctionView {
  readonly seq: number;
  readonly synced: boolean;
  readonly you: number;
  readonly title: string;
  readonly status: AuctionStatus | null;
  readonly rules: Rules | null;
  readonly members: readonly Member[];
  readonly lots: readonly Lot[];
  readonly lotStates: Readonly<Record<string, LotState>>;
  readonly current: CurrentLot | null;
  readonly autoNextMs: number | null;
  readonly spent: Readonly<Record<number, number>>;
  readonly held: ReadonlyMap<number, Event>;
  readonly stale: boolean;
}

export const NOTHING: AuctionView = {
  seq: 0,
  synced: false,
  you: 0,
  title: '',
  status: null,
  rules: null,
  members: [],
  lots: [],
  lotStates: {},
  current: null,
  autoNextMs: null,
  spent: {},
  held: new Map(),
  stale: false,
};

/**
 * The view after one more message, in whatever order messages come. An older snapshot changes
 * nothing, nor does an event that is known. An event that leaves a gap is held until a snapshot or
 * the missing events arrive.
 */
export function fold(view: AuctionView, message: State | EventReply): AuctionView {
  if (message.type === 'event') return withEvent(view, message.seq, message.event);
  const begun = message.seq >= view.seq ? withoutGap(snapshot(view, message)) : view;
  return (message.events ?? []).reduce((it, { seq, event }) => withEvent(it, seq, event), begun);
}

/** Events came from beyond one that did not. */
export function hasGap(view: AuctionView): boolean {
  return view.held.size > 0;
}

/** Something happened whose facts no event told: it was opened, the rules changed, it is new. */
export function needsSnapshot(view: AuctionView): boolean {
  if (view.stale) return true;
  if (view.status === null) return false;
  return view.rules === null || view.rules.version < (view.current?.rules_version ?? 0);
}

function withEvent(view: AuctionView, seq: number, event: Event): AuctionView {
  if (seq <= view.seq) return view;
  // The usual case, without a detour through what is held.
  if (view.synced && view.held.size === 0 && seq === view.seq + 1) return advance(view, event);
  return withoutGap({ ...view, held: new Map(view.held).set(seq, event) });
}

function withoutGap(start: AuctionView): AuctionView {
  if (!start.synced || start.held.size === 0) return start;
  let view = start;
  for (let next = view.held.get(view.seq + 1); next; next = start.held.get(view.seq + 1)) {
    view = advance(view, next);
  }
  const held = new Map([...start.held].filter(([seq]) => seq > view.seq));
  return { ...view, held };
}

/** What is as it was stays the same object, so that nothing that shows it is drawn anew. */
function snapshot(view: AuctionView, state: State): AuctionView {
  const states = Object.fromEntries((state.lot_states ?? []).map((it) => [it.lot_id, it]));
  return {
    seq: state.seq,
    synced: true,
    you: state.you,
    title: state.title ?? '',
    status: state.status ?? null,
    rules: keepSame(view.rules, state.rules ?? null),
    members: keepSame(view.members, state.members ?? []),
    lots: keepSame(view.lots, state.lots ?? []),
    lotStates: keepSame(view.lotStates, states),
    current: keepSame(view.current, state.current ?? null),
    autoNextMs: state.auto_next_ms ?? null,
    spent: keepSame(view.spent, state.spent ?? {}),
    held: view.held,
    stale: false,
  };
}
