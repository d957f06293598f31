/** A server for the client's tests: it answers what it is told to, in the tests' own time. */
import { AuctionClient } from '../../src/auction/client';
import { Refused, RoomFull, type Socket } from '../../src/auction/link';
import type { Command, Reply, State } from '../../src/protocol/messages';
import { STORIES } from './stories';

type Answering = (command: Command, connection: FakeConnection) => void;

export class FakeConnection implements Socket {
  readonly heard: Command[] = [];
  closed = false;
  onText: (text: string) => void = () => undefined;
  onClose: (reason: string) => void = () => undefined;
  readonly #answering: Answering;

  constructor(answering: Answering) {
    this.#answering = answering;
  }

  send(text: string): void {
    const command = JSON.parse(text) as Command;
    this.heard.push(command);
    this.#answering(command, this);
  }

  close(): void {
    this.closed = true;
  }

  /** Say something a moment later, as a network does. */
  say(reply: Reply): void {
    setTimeout(() => this.onText(JSON.stringify(reply)), 1);
  }

  commands(action: Command['action']): Command[] {
    return this.heard.filter((it) => it.action === action);
  }
}

const FIRST = { seq: 1, event: { type: 'auction_opened', at_ms: 1, rules_version: 1 } } as const;

/** Answers `getState` from the first story and `ping`, by a clock that is `clockMs` ahead, and nothing
 * else. */
export class FakeServer {
  readonly connections: FakeConnection[] = [];
  readonly story = STORIES[0] as (typeof STORIES)[number];
  seq = 1;
  clockMs = 0;
  isUp = true;
  isForbidden = false;
  isFull = false;
  isSilent = false;
  answersPings = true;
  attempts = 0;

  readonly open = (): Promise<Socket> => {
    this.attempts += 1;
    if (this.isForbidden) return Promise.reject(new Refused('no member'));
    if (this.isFull) return Promise.reject(new RoomFull('no seat'));
    if (!this.isUp) return Promise.reject(new Error('no connection'));
    const connection = new FakeConnection(this.#answer);
    this.connections.push(connection);
    return Promise.resolve(connection);
  };

  get last(): FakeConnection {
    return this.connections.at(-1) as FakeConnection;
  }

  /** Let the next event of the story happen, and tell it unless it gets lost. */
  happen({ isLost = false } = {}): void {
    const told = this.story.told[this.seq - 1];
    if (!told) throw new Error('the story is over');
    this.seq += 1;
    if (!isLost) this.last.say(told.event);
  }

  #nowMs(): number {
    return Date.now() + this.clockMs;
  }

  readonly #answer: Answering = (command, connection) => {
    if (this.isSilent) return;
    const { request_id } = command;
    if (command.action === 'getState') {
      const { opened, told } = this.story;
      const state: State = told[this.seq - 2]?.after ?? opened;
      const events = [FIRST, ...told.map((it) => it.event)]
        .slice(command.since_seq ?? 0, this.seq)
        .map(({ seq, event }) => ({ seq, event }));
      connection.say({ ...state, request_id, server_time_ms: this.#nowMs(), events });
    }
    if (command.action === 'ping' && this.answersPings) {
      connection.say({
        type: 'pong',
        request_id,
        client_time_ms: command.client_time_ms,
        server_time_ms: this.#nowMs(),
        seq: this.seq,
      });
    }
  };
}

let ids = 0;

export function clientOf(server: FakeServer): AuctionClient {
  return new AuctionClient({
    openSocket: server.open,
    nowMs: Date.now,
    random: () => 0.5,
    newId: () => `request-${(ids += 1)}`,
  });
}
