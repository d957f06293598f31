import { expect, test } from 'vitest';
import { csvLine, csvOf, stillIn, withGame } from '../../src/league/results';

const GAME = {
  round: 'Final Four',
  winner: 'St. John’s, NY',
  winner_score: 70,
  loser: 'The "U"',
  loser_score: 61,
};
const LINE = 'Final Four,"St. John’s, NY",70,"The ""U""",61';
const HEAD = 'round,winner,winner_score,loser,loser_score';

test('what has a comma or a quote in it is quoted', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 7])).toBe('a,"b,c","d""e",7');
});

test('games are lines below the names of the columns', () => {
  expect(csvOf([])).toBe(HEAD);
  expect(csvOf([GAME])).toBe(`${HEAD}\n${LINE}`);
});

test('one more game is one more line, wherever the text ended', () => {
  expect(withGame(`${HEAD}\n\n`, GAME)).toBe(`${HEAD}\n${LINE}`);
});

test('who has lost plays no more', () => {
  expect(stillIn(['The "U"', 'St. John’s, NY', 'Rice'], [GAME])).toEqual([
    'St. John’s, NY',
    'Rice',
  ]);
});
