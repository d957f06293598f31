/** Keeps one connection: pings where it is quiet, and says when it is dead or old. */
import type { Reply } from '../protocol/messages';
import { lifetimeMs, QUIET_WHILE_CLOCK_RUNS_MS, Vigil } from './vigil';

export interface PulseOptions {
  /** By the local clock. */
  readonly nowMs: () => number;
  /** Even in [0, 1). */
  readonly random: () => number;
  /** A lot is up, and its clock is not stopped. */
  readonly clockRuns: () => boolean;
  readonly ping: (nowMs: number) => void;
  /** The connection has to go; `trouble` is empty if it is only old. */
  readonly onEnd: (trouble: string) => void;
}

export class Pulse {
  readonly #options: PulseOptions;
  readonly #vigil: Vigil;
  readonly #renewAtMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins with a ping. */
  constructor(options: PulseOptions) {
    this.#options = options;
    const nowMs = options.nowMs();
    this.#vigil = new Vigil(nowMs, options.random());
    this.#renewAtMs = nowMs + lifetimeMs(options.random());
    this.#beat();
  }

  /** A frame came; null is for one that is no message. */
  heard(reply: Reply | null): void {
    const pingedAtMs = reply?.type === 'pong' ? reply.client_time_ms : null;
    this.#vigil.heard(this.#options.nowMs(), pingedAtMs);
  }

  /** The computer may have slept: ask at once whether there is still somebody. */
  wake(): void {
    this.#vigil.woken();
    this.#beat();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #beat(): void {
    this.stop();
    const { nowMs, clockRuns, ping, onEnd } = this.#options;
    const now = nowMs();
    const dueInMs = this.#vigil.dueInMs(now, clockRuns());
    const isDead = dueInMs <= 0 && this.#vigil.isHopeless;
    if (now >= this.#renewAtMs || isDead) {
      onEnd(isDead ? 'the server is silent' : '');
      return;
    }
    if (dueInMs <= 0) {
      this.#vigil.asked(now);
      ping(now);
    }
    // no longer than it would be if a lot came up now
    const waitMs = dueInMs <= 0 ? 0 : Math.min(dueInMs, QUIET_WHILE_CLOCK_RUNS_MS);
    this.#timer = setTimeout(() => this.#beat(), waitMs);
  }
}
