/** Results as the text of a file, which is how the API takes them. */
import type { components } from '../leagues/schema';

export type Results = components['schemas']['Results'];
export type ResultsFile = components['schemas']['ResultsFile'];
export type Game = Results['games'][number];

const COLUMNS = ['round', 'winner', 'winner_score', 'loser', 'loser_score'] as const;

/** A line of a CSV file. */
export function csvLine(values: readonly (string | number)[]): string {
  return values
    .map((it) => {
      const text = String(it);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}

/** The games, one a line, below the names of the columns. */
export function csvOf(games: readonly Game[]): string {
  const lines = games.map((game) => csvLine(COLUMNS.map((it) => game[it])));
  return [COLUMNS.join(','), ...lines].join('\n');
}

/** `csv` with one game more at its end. */
export function withGame(csv: string, game: Game): string {
  return `${csv.trimEnd()}\n${csvLine(COLUMNS.map((it) => game[it]))}`;
}

/** Who may still play, by the games so far: no team goes on after it has lost. */
export function stillIn(teams: readonly string[], games: readonly Game[]): string[] {
  const out = new Set(games.map((it) => it.loser));
  return teams.filter((it) => !out.has(it));
}
