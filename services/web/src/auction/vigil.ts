/** When the page asks how far the auction is; the mirror of shared/client/vigil.py, which says why, but
 * for who was away: no program is put into a pocket. */

export const QUIET_MS = 30_000;
export const QUIET_WHILE_CLOCK_RUNS_MS = 10_000;
const LONGEST_UNASKED_MS = 5 * 60 * 1000;
/** How long a ping waits for anything to be heard. */
const ANSWER_MS = 10_000;
/** How long who has been away waits for the answer to a ping of now. */
export const WAKING_ANSWER_MS = 2_000;

/** At the beginning of a connection, for the clock: the quickest of them counts. */
const FIRST_PINGS = 3;
const BETWEEN_FIRST_MS = 1_000;
/** A connection on which nothing is heard after this many pings in a row is taken for dead. */
const UNANSWERED = 2;
const JITTER = 0.5;

/** API Gateway closes every WebSocket after two hours. */
const LONGEST_LIFETIME_MS = 2 * 60 * 60 * 1000;
/** A connection is renewed somewhere in this part of its life, so that a crowd that came at once
 * does not come back at once. */
const RENEWAL = [0.85, 0.95] as const;

/** How long a connection is kept; `share` as of a `Vigil`. */
export function lifetimeMs(share: number): number {
  const [from, to] = RENEWAL;
  return LONGEST_LIFETIME_MS * (from + (to - from) * share);
}

/** One connection's pings; tell it what is heard and asked. All times are by the local clock. */
export class Vigil {
  readonly #jitter: number;
  #askedAtMs: number;
  #heardAtMs: number;
  #asked = 0;
  #unanswered = 0;
  /** Whoever it is for was away, and when it was asked whether there is still somebody. */
  #waking: { askedAtMs: number | null } | null = null;

  /** `share` is evenly by chance in [0, 1), another for every page. */
  constructor(nowMs: number, share: number) {
    this.#jitter = 1 + JITTER * share;
    this.#askedAtMs = nowMs;
    this.#heardAtMs = nowMs;
  }

  /**
   * Any message, be it an answer or not; `pingedAtMs` says which ping a pong answers. Who was away
   * needs a pong: other messages may have come before and waited.
   */
  heard(nowMs: number, pingedAtMs: number | null = null): void {
    this.#heardAtMs = nowMs;
    this.#unanswered = 0;
    const askedAtMs = this.#waking?.askedAtMs ?? null;
    if (pingedAtMs !== null && askedAtMs !== null && pingedAtMs >= askedAtMs) this.#waking = null;
  }

  asked(nowMs: number): void {
    this.#askedAtMs = nowMs;
    this.#asked += 1;
    this.#unanswered += 1;
    if (this.#waking) this.#waking = { askedAtMs: nowMs };
  }

  /** The next ping is due now, and its answer soon: the local clock may have stood still. */
  woken(): void {
    this.#waking ??= { askedAtMs: null };
  }

  /** How long until the next ping, or the end, if nothing is heard; at once if not positive. */
  dueInMs(nowMs: number, clockRuns: boolean): number {
    if (this.#asked === 0 || this.#waking?.askedAtMs === null) return 0;
    if (this.#waking) return this.#waking.askedAtMs + WAKING_ANSWER_MS - nowMs;
    if (this.#unanswered > 0) return this.#askedAtMs + ANSWER_MS - nowMs;
    const quietMs = clockRuns ? QUIET_WHILE_CLOCK_RUNS_MS : QUIET_MS;
    const first = this.#asked < FIRST_PINGS ? BETWEEN_FIRST_MS : LONGEST_UNASKED_MS;
    return Math.min(this.#heardAtMs + quietMs * this.#jitter, this.#askedAtMs + first) - nowMs;
  }

  /** The next time that a ping is due there is nobody to answer it. */
  get isHopeless(): boolean {
    return this.#waking ? this.#waking.askedAtMs !== null : this.#unanswered >= UNANSWERED;
  }
}
