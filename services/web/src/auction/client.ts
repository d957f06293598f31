/** A connection to an auction that heals by itself. The mirror of shared/client, for a page. */
import type { Answer, Command, Reply, Request } from '../protocol/messages';
import { parseReply } from '../protocol/messages';
import { backoffMs } from './backoff';
import { deadlineMs } from './bidding';
import { offsetMs } from './clock';
import {
  BEGINNING,
  type Following,
  hear,
  isBehind,
  connected,
  position,
  RECENT_EVENTS,
} from './following';
import { type Link, type OpenSocket, Refused, RoomFull, type Socket } from './link';
import { lastSeq } from './log';
import { Pulse } from './pulse';
import { answersIn, NEVER, type Pending, Requests } from './requests';

/** A command without an answer for this long is sent again, with the same request id. */
export const ANSWER_MS = 10_000;
/** A shorter one counts as failed: two pages that take one seat from each other do so ever less. */
const SETTLED_MS = 30_000;
/** An event's seq that is later than any: asks for a snapshot alone. */
const NO_EVENTS = Number.MAX_SAFE_INTEGER;

export interface Options {
  readonly openSocket: OpenSocket;
  /** UTC epoch ms by the local clock, which is not set in between. */
  readonly nowMs: () => number;
  /** Even in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
}

/** What listeners see; the same object until something changed. */
export interface Snapshot {
  readonly following: Following;
  readonly link: Link;
}

type Timer = ReturnType<typeof setTimeout>;

export class AuctionClient {
  readonly #options: Options;
  readonly #requests = new Requests();
  readonly #listeners = new Set<() => void>();
  readonly #replyListeners = new Set<(reply: Reply) => void>();
  #snapshot: Snapshot = { following: BEGINNING, link: { state: 'connecting', trouble: '' } };
  #socket: Socket | null = null;
  #connection = NEVER;
  #failures = 0;
  #caughtUp = false;
  #asking = false;
  #pulse: Pulse | null = null;
  #openedAtMs = 0;
  #timers = new Set<Timer>();
  #retry: Timer | null = null;
  #ended = true;
  /** Which start this is: what an earlier one began is dropped. */
  #run = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Called after every change; returns what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): Snapshot => this.#snapshot;

  /** Called with every reply, once it is folded in; returns what ends it. */
  onReply(listener: (reply: Reply) => void): () => void {
    this.#replyListeners.add(listener);
    return () => this.#replyListeners.delete(listener);
  }

  /** Connect, and stay connected, until `stop`. */
  start(): void {
    this.#ended = false;
    this.#run += 1;
    void this.#connect();
  }

  /** Leave. What still waits for an answer fails. */
  stop(): void {
    this.#end(new Error('the page left the auction'), 'left');
  }

  /** The network is back, or a person is: connect now, or see whether there still is a connection. */
  wake(): void {
    this.#pulse?.wake();
    if (this.#retry === null) return;
    clearTimeout(this.#retry);
    this.#retry = null;
    void this.#connect();
  }

  /**
   * Send a command; the promise is for its answer, however many connections that takes. A refusal is
   * an answer, not an error. Rejects if there is no way back into the auction, or it was left.
   */
  send(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new Error(this.#snapshot.link.trouble || 'the page left the auction'));
        return;
      }
      const command = { ...request, request_id: this.#options.newId() } as Command;
      const pending = this.#requests.add(command, resolve, reject);
      this.#transmit(pending);
      this.#sendAgain(pending);
    });
  }

  /** Ask for the events before the first of the log. */
  async loadEarlier(): Promise<void> {
    const { after } = this.#snapshot.following.log;
    if (!after) return;
    await this.send({ action: 'getState', since_seq: Math.max(0, after - RECENT_EVENTS) });
  }

  /** Ask how things are, for what no event tells: my own maximum. */
  async look(): Promise<void> {
    const since_seq = lastSeq(this.#snapshot.following.log);
    await this.send({ action: 'getState', since_seq });
  }

  /** The server's time in UTC epoch ms. */
  serverNowMs(): number {
    return this.#options.nowMs() + offsetMs(this.#snapshot.following.clock);
  }

  // connection after connection

  async #connect(): Promise<void> {
    const run = this.#run;
    const isOver = () => this.#ended || run !== this.#run;
    let socket: Socket;
    try {
      socket = await this.#options.openSocket();
    } catch (failure) {
      if (isOver()) return;
      const state = failure instanceof RoomFull ? 'full' : 'refused';
      if (failure instanceof Refused) this.#end(failure, state);
      else this.#lost(failure instanceof Error ? failure.message : String(failure));
      return;
    }
    if (isOver()) socket.close();
    else this.#use(socket);
  }

  #use(socket: Socket): void {
    this.#socket = socket;
    this.#connection += 1;
    this.#caughtUp = false;
    this.#asking = false;
    this.#openedAtMs = this.#options.nowMs();
    socket.onText = (text) => {
      if (socket === this.#socket) this.#onText(text);
    };
    socket.onClose = (reason) => {
      if (socket === this.#socket) this.#lost(reason);
    };
    const following = connected(this.#snapshot.following);
    const state = following.view.synced ? 'behind' : 'connecting';
    this.#show({ following, link: { state, trouble: '' } });
    this.#pulse = new Pulse({
      ...this.#options,
      clockRuns: () => deadlineMs(this.#snapshot.following.view) !== null,
      ping: (client_time_ms) =>
        this.#write({ action: 'ping', request_id: this.#options.newId(), client_time_ms }),
      onEnd: (trouble) => this.#lost(trouble),
    });
    void this.#catchUp(socket, 0);
    this.#sendUnsent();
  }

  #onText(text: string): void {
    const reply = parseReply(text);
    this.#pulse?.heard(reply);
    if (reply) this.#hear(reply);
  }

  #hear(reply: Reply): void {
    const following = hear(this.#snapshot.following, reply, this.#options.nowMs());
    if (following !== this.#snapshot.following) this.#show({ ...this.#snapshot, following });
    for (const answer of answersIn(reply)) this.#requests.answer(answer);
    for (const listener of this.#replyListeners) listener(reply);
    if (this.#caughtUp && isBehind(following) && this.#socket) {
      void this.#catchUp(this.#socket, 0);
    }
  }

  /** Ask for the state, again and again while something is missing; then send again what earlier
   * connections may have lost, as by then it is known what they did not lose. */
  async #catchUp(socket: Socket, idle: number): Promise<void> {
    if (this.#asking || socket !== this.#socket) return;
    this.#asking = true;
    const before = this.#snapshot.following;
    const since_seq = before.log.after === null ? NO_EVENTS : lastSeq(before.log);
    const answer = await this.send({ action: 'getState', since_seq }).catch(() => null);
    if (socket !== this.#socket || answer === null) return;
    this.#asking = false;
    const { following } = this.#snapshot;
    if (answer.type === 'state' && !isBehind(following)) {
      this.#caughtUp = true;
      this.#showLink('live');
      this.#sendUnsent();
    } else if (position(following) !== position(before)) {
      void this.#catchUp(socket, 0);
    } else {
      this.#after(backoffMs(idle, this.#options.random), () => {
        void this.#catchUp(socket, idle + 1);
      });
    }
  }

  #lost(trouble: string): void {
    this.#letGo();
    const isSettled = this.#caughtUp && this.#options.nowMs() - this.#openedAtMs > SETTLED_MS;
    this.#failures = isSettled ? 0 : this.#failures + 1;
    this.#caughtUp = false;
    // the next connection asks for itself, and for more
    this.#requests.fail(new Error(trouble), 'getState');
    this.#showLink('waiting', trouble);
    this.#retry = this.#after(backoffMs(this.#failures, this.#options.random), () => {
      this.#retry = null;
      void this.#connect();
    });
  }

  #letGo(): void {
    this.#pulse?.stop();
    this.#pulse = null;
    this.#socket?.close();
    this.#socket = null;
  }

  #sendUnsent(): void {
    for (const pending of this.#requests.notCarriedBy(this.#connection)) this.#transmit(pending);
  }

  #sendAgain(pending: Pending): void {
    this.#after(ANSWER_MS, () => {
      if (!this.#requests.isOpen(pending)) return;
      this.#transmit(pending);
      this.#sendAgain(pending);
    });
  }

  /** Send a request, unless it has to wait: for a connection, or, if an earlier one carried it, for
   * the events that tell whether it was done. */
  #transmit(pending: Pending): void {
    const mayBeDone = pending.carriedBy !== NEVER && pending.carriedBy !== this.#connection;
    if (this.#socket === null || (mayBeDone && !this.#caughtUp)) return;
    pending.carriedBy = this.#connection;
    this.#write(pending.command);
  }

  #write(command: Command): void {
    this.#socket?.send(JSON.stringify(command));
  }

  #after(delayMs: number, act: () => void): Timer {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
    return timer;
  }

  #end(failure: Error, state: 'full' | 'refused' | 'left'): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#retry = null;
    this.#letGo();
    this.#requests.fail(failure);
    this.#showLink(state, failure.message);
  }

  #showLink(state: Link['state'], trouble = ''): void {
    const { link } = this.#snapshot;
    if (link.state === state && link.trouble === trouble) return;
    this.#show({ ...this.#snapshot, link: { state, trouble } });
  }

  #show(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
