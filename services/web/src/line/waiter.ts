/** Waiting in the line of an auction until there is a seat. No React, no fetch: a page's logic. */
import { type Line, LineProblem, type Turn } from './line';
import { type Lot, numberInMs, pauseMs } from './pace';
import { isDue, later, placed, type Standing } from './standing';

/**
 * `joining`: a place is asked for. `waiting`: there is one, or will be in a moment. `admitted`: the
 * ticket was handed on. `expired`: the seat went to the next one. `left`: on purpose. `not_open`: the
 * line begins later, and is joined then. `closed`: for good. `refused`: no line for this person.
 */
export type Phase =
  'joining' | 'waiting' | 'admitted' | 'expired' | 'left' | 'not_open' | 'closed' | 'refused';

/** What listeners see; the same object until something changed. */
export interface Waiting extends Standing {
  readonly phase: Phase;
  /** Why the latest question failed, in words for a person; empty if it did not. */
  readonly trouble: string;
}

export interface WaiterOptions {
  readonly line: Line;
  /** Called with a ticket as soon as there is one. */
  readonly onAdmitted: (ticket: string) => void;
  /** Whether somebody may be looking at the page. */
  readonly isSeen: () => boolean;
  /** Even in [0, 1). */
  readonly random: () => number;
}

/** In these there is something to wait for. */
const ASKING: ReadonlySet<Phase> = new Set<Phase>(['joining', 'waiting', 'not_open']);
const ENDS: Readonly<Record<string, Phase>> = {
  lobby_not_open: 'not_open',
  lobby_closed: 'closed',
};

export class Waiter {
  readonly #options: WaiterOptions;
  readonly #listeners = new Set<() => void>();
  #waiting: Waiting = { phase: 'joining', turn: null, serving: null, trouble: '' };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isAsking = false;
  #failures = 0;
  #lot: Lot;
  #isStopped = true;
  /** Which choice of the person this is: what was asked for another is dropped. */
  #choice = 0;

  constructor(options: WaiterOptions) {
    this.#options = options;
    this.#lot = { share: options.random(), missedAtMs: null };
  }

  /** Called after every change; returns what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): Waiting => this.#waiting;

  /** Join, and ask on, until `stop`. */
  start(): void {
    this.#isStopped = false;
    this.join();
  }

  /** Ask no more. The place in the line stays. */
  stop(): void {
    this.#isStopped = true;
    this.#choose();
  }

  /** Join; after a turn that expired or was given up, at the end of the line. */
  join(): void {
    this.#choose();
    this.#lot = { ...this.#lot, missedAtMs: null };
    this.#show({ phase: 'joining', turn: null, trouble: '' });
    void this.#ask();
  }

  /** Give up the place. */
  async leave(): Promise<void> {
    const choice = this.#choose();
    try {
      await this.#options.line.leave();
      if (choice === this.#choice) this.#show({ phase: 'left', turn: null, trouble: '' });
    } catch (failure) {
      if (choice === this.#choice) this.#fail(failure);
      this.#askLater();
    }
  }

  /** Ask now instead of later: the network is back, or a person is. */
  wake(): void {
    if (this.#timer === null) return;
    this.#forgetTimer();
    void this.#ask();
  }

  /** One question after the other: never two at once, whoever wants to know. */
  async #ask(): Promise<void> {
    if (this.#isAsking || this.#isStopped) return;
    this.#isAsking = true;
    const choice = this.#choice;
    try {
      const standing = await this.#look();
      this.#failures = 0;
      if (choice === this.#choice) this.#take(standing);
    } catch (failure) {
      this.#failures += 1;
      if (choice === this.#choice) this.#fail(failure);
    } finally {
      this.#isAsking = false;
      if (choice === this.#choice) this.#askLater();
      else if (this.#waiting.phase === 'joining') void this.#ask();
    }
  }

  /** How things are. One's own record is read only if it can say something new. */
  async #look(): Promise<Standing> {
    const { line } = this.#options;
    const { phase, turn: known, serving: before } = this.#waiting;
    const joined = phase === 'joining' ? await line.join() : known;
    // a ticket does not wait
    if (joined?.state === 'admitted') return { turn: joined, serving: before };
    const serving = later(before, await line.serving());
    if (phase === 'not_open') {
      const mayJoin = serving.now_ms >= serving.gather_at_ms;
      return { turn: mayJoin ? await line.join() : null, serving };
    }
    const turn = joined && (await placed(joined, serving));
    const standing = { turn, serving };
    const mayAsk = isDue(standing) || numberInMs(standing, this.#lot) === 0;
    if (phase !== 'waiting' || !mayAsk) return standing;
    const told = await line.me();
    if (told.number === null) this.#lot = { ...this.#lot, missedAtMs: serving.now_ms };
    return { turn: await placed(told, serving), serving };
  }

  #take({ turn, serving }: Standing): void {
    if (serving?.status === 'closed' && turn?.state !== 'admitted') {
      this.#show({ phase: 'closed', turn, serving, trouble: '' });
      return;
    }
    const ticket = turn?.state === 'admitted' ? turn.ticket : null;
    this.#show({ phase: phaseOf(turn), turn, serving, trouble: '' });
    if (ticket) this.#options.onAdmitted(ticket);
  }

  #fail(failure: unknown): void {
    const trouble = failure instanceof Error ? failure.message : String(failure);
    if (failure instanceof LineProblem) {
      this.#show({ phase: ENDS[failure.code] ?? 'refused', trouble });
    } else {
      this.#show({ trouble });
    }
  }

  #askLater(): void {
    if (this.#isStopped || !ASKING.has(this.#waiting.phase)) return;
    this.#forgetTimer();
    const { isSeen, random } = this.#options;
    const pause = pauseMs(this.#waiting, this.#lot, isSeen(), random, this.#failures);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#ask();
    }, pause);
  }

  #choose(): number {
    this.#forgetTimer();
    this.#choice += 1;
    return this.#choice;
  }

  #forgetTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #show(change: Partial<Waiting>): void {
    this.#waiting = { ...this.#waiting, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** As one's own record has it; without one the line is not open yet. */
function phaseOf(turn: Turn | null): Phase {
  if (!turn) return 'not_open';
  return turn.state === 'admitted' && !turn.ticket ? 'waiting' : turn.state;
}
