/** A line for the tests: it answers a moment later, as a network does, in the tests' own time. */
import type { Line, Serving, Turn } from '../../src/line/line';

export const SEED = '0123456789abcdef0123456789abcdef';
const ANSWER_MS = 20;

export const WAITING: Turn = {
  state: 'waiting',
  number: null,
  early: null,
  place: null,
  ticket: null,
  joined_at_ms: 1_500,
};

/** Late number 5: the fifth in line. */
export const FIFTH: Turn = { ...WAITING, number: 5, early: false, place: 5 };

export const OPEN: Serving = {
  status: 'open',
  gather_at_ms: 0,
  doors_at_ms: 1_000,
  seed: SEED,
  early: 0,
  served: 0,
  waiting: 5,
  per_minute: null,
  now_ms: 2_000,
  numbered_until_ms: 1_500,
  seat_claim_ms: 60_000,
};

type Question = 'join' | 'me' | 'leave' | 'serving';

export class FakeLine implements Line {
  turn: Turn = FIFTH;
  told: Serving = OPEN;
  /** What a question meets instead of its answer. */
  broken: Partial<Record<Question, Error>> = {};
  readonly asked: Question[] = [];
  /** When each question for `serving` came. */
  readonly at: number[] = [];
  underWay = 0;
  mostUnderWay = 0;

  readonly join = () => this.#answer('join', () => this.turn);
  readonly me = () => this.#answer('me', () => this.turn);
  readonly leave = () => this.#answer('leave', () => undefined);
  readonly serving = () => {
    this.at.push(Date.now());
    return this.#answer('serving', () => this.told);
  };

  count(question: Question): number {
    return this.asked.filter((it) => it === question).length;
  }

  serve(served: number): void {
    this.told = { ...this.told, served, now_ms: this.told.now_ms + 1_000 };
  }

  async #answer<Answer>(question: Question, answer: () => Answer): Promise<Answer> {
    this.asked.push(question);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    this.underWay -= 1;
    const failure = this.broken[question];
    if (failure) throw failure;
    return answer();
  }
}
