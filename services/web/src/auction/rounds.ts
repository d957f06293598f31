/** The rounds of a knock-out tournament, from the size of its field; as the bridge names them. */
import type { Slot } from '../protocol/messages';

export interface Round {
  readonly name: string;
  readonly games: number;
}

const PLAY_IN = 'First Four';
const NAMES: Readonly<Record<number, string>> = {
  2: 'Championship',
  4: 'Final Four',
  8: 'Elite 8',
  16: 'Sweet 16',
};

/** The rounds in their order; first, if slots are shared, the one that decides who goes on. */
export function roundsOf(slots: readonly Pick<Slot, 'teams'>[]): Round[] {
  const shared = slots.filter((it) => it.teams.length > 1).length;
  const rounds = shared ? [{ name: PLAY_IN, games: shared }] : [];
  let size = 1;
  while (size < slots.length) size *= 2;
  let left = slots.length;
  while (size > 1) {
    size /= 2;
    rounds.push({ name: NAMES[2 * size] ?? `Round of ${2 * size}`, games: left - size });
    left = size;
  }
  return rounds;
}

/** How many results of a tournament a payout for `round` pays for; one that is awarded by hand has
 * no round. */
export function resultsOf(round: string | null | undefined, rounds: readonly Round[]): number {
  if (round == null) return 1;
  return rounds.find((it) => it.name === round)?.games ?? 0;
}
