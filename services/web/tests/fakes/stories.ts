/** Auctions that shared/client (Python) has followed: what both clients have to agree on. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EventReply, State } from '../../src/protocol/messages';

export interface Story {
  readonly opened: State;
  readonly told: readonly { readonly event: EventReply; readonly after: State }[];
}

const file = path.join(import.meta.dirname, '../../../../tests/unit/client/stories.json');

const written = JSON.parse(readFileSync(file, 'utf8')) as readonly Story[];

/** What no event changes is written once, at the beginning of each story. */
export const STORIES: readonly Story[] = written.map(({ opened, told }) => ({
  opened,
  told: told.map(({ event, after }) => {
    const { members, lots, rules, title } = opened;
    return { event, after: { ...after, members, lots, rules, title } as State };
  }),
}));
