/** A session that begins and ends as a test says, with no Cognito behind it. */
import type { Person, Session } from '../../src/account/session';

export class FakeSession implements Pick<Session, 'subscribe' | 'getPerson' | 'end'> {
  #person: Person | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getPerson = () => this.#person;

  enter(email: string): void {
    this.#be({ email });
  }

  end(): void {
    this.#be(null);
  }

  #be(person: Person | null): void {
    this.#person = person;
    for (const listener of this.#listeners) listener();
  }
}

/** What openapi-fetch hands over for an answer. */
export const answer = <Data>(data: Data) => ({
  data,
  response: new Response(null, { status: 200 }),
});

/** What it hands over for a refusal. */
export const refusal = (status: number, code: string) => ({
  error: { code, status, detail: code },
  response: new Response(null, { status }),
});
