"""The results file: which games were played, and whether they can have been."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from rds_bridge_service.logic.csv_file import Problems, Row, read_rows, shown
from rds_bridge_service.logic.settlement.rounds import PLAY_IN, Round, round_named, rounds_of
from shared.auction import Slot
from shared.errors import ImportProblem

FILE = "results.csv"
COLUMNS = ("round", "winner", "winner_score", "loser", "loser_score")
_SCORE = re.compile(r"[0-9]{1,3}")


class Game(msgspec.Struct, frozen=True):
    """A game that was played; round and teams are written as the field has them."""

    round: str
    winner: str
    winner_score: int
    loser: str
    loser_score: int


class Results(msgspec.Struct, frozen=True):
    """The games in file order, and all that is wrong with the file."""

    games: tuple[Game, ...]
    problems: tuple[ImportProblem, ...]


def read_results(text: str, slots: Sequence[Slot]) -> Results:
    """The games in a file with the columns round,winner,winner_score,loser,loser_score.

    Rounds come in their order, as far as they were played. Every game must be possible: a team
    plays once in a round, after it has won the round before, and not again after it has lost.
    Of two teams that share a slot, the one that won their First Four game goes on.
    """
    problems = Problems(FILE)
    rows = read_rows(text, COLUMNS, (), problems)
    bracket = _Bracket(slots, problems, all_read=bool(rows) and not problems)
    games = []
    for row in rows:
        game = _game(row, bracket, problems)
        if game is None:
            bracket.all_read = False
        elif bracket.play(game, row.line):
            games.append(game)
    return Results(games=tuple(games), problems=problems.by_line())


class _Bracket:
    """Who is still in, game by game.

    `all_read`: no row before was refused. Otherwise a win that seems to be missing may have been
    on such a row, and is no problem of its own.
    """

    def __init__(self, slots: Sequence[Slot], problems: Problems, *, all_read: bool) -> None:
        self.rounds = rounds_of(slots)
        self.team_named = {team.casefold(): team for slot in slots for team in slot.teams}
        self.all_read = all_read
        self._problems = problems
        self._slot_of = {team: slot for slot in slots for team in slot.teams}
        self._number_of = {it.name: number for number, it in enumerate(self.rounds)}
        self._latest = 0
        self._games = Counter[str]()
        self._lost_on: dict[str, int] = {}
        self._played: dict[tuple[str, str], int] = {}
        self._byes = _byes(len(slots), self.rounds)

    def play(self, game: Game, line: int) -> bool:
        """Whether the game is possible after those before it; if not, the problems say why."""
        found = [*self._of_round(game), *self._of_teams(game)]
        for problem in found:
            self._problems.add(line, problem)
        if found:
            self.all_read = False
            return False
        self._games[game.round] += 1
        self._lost_on[game.loser] = line
        for team in (game.winner, game.loser):
            if self._needs_bye(team, game.round):
                self._byes -= 1
            self._played[game.round, team] = line
        return True

    def _of_round(self, game: Game) -> list[str]:
        number = self._number_of[game.round]
        if number < self._latest:
            return [f"{game.round} comes before {self.rounds[self._latest].name}"]
        self._latest = number
        games = self.rounds[number].games
        if self._games[game.round] == games:
            return [f"{game.round} has {games} games, this is one more"]
        return []

    def _of_teams(self, game: Game) -> list[str]:
        if game.winner == game.loser:
            return [f"{shown(game.winner)} cannot play against itself"]
        if (self._slot_of[game.winner] == self._slot_of[game.loser]) != (game.round == PLAY_IN):
            verb = "do not share" if game.round == PLAY_IN else "share"
            return [f"{shown(game.winner)} and {shown(game.loser)} {verb} a slot"]
        byes_left = self._byes - self._needs_bye(game.winner, game.round)
        found = (
            self._of_team(game.winner, game.round, self._byes),
            self._of_team(game.loser, game.round, byes_left),
        )
        return [it for it in found if it]

    def _of_team(self, team: str, round_name: str, byes: int) -> str | None:
        """Why the team cannot play in this round, or None."""
        if team in self._lost_on:
            return f"{shown(team)} has lost on line {self._lost_on[team]}"
        if line := self._played.get((round_name, team)):
            return f"{shown(team)} plays in {round_name} on line {line} already"
        before = self._missing_win(team, round_name, byes)
        return f"{shown(team)} has not won in {before}" if before and self.all_read else None

    def _missing_win(self, team: str, round_name: str, byes: int) -> str | None:
        """The round that the team has to win first and, as far as is known, did not."""
        proper = [it.name for it in self.rounds if it.name != PLAY_IN]
        if round_name == PLAY_IN:
            return None
        if len(self._slot_of[team].teams) > 1 and (PLAY_IN, team) not in self._played:
            return PLAY_IN
        number = proper.index(round_name)
        if number == 0 or (proper[number - 1], team) in self._played:
            return None
        if byes > 0 and self._needs_bye(team, round_name):
            return None
        return proper[number - 1]

    def _needs_bye(self, team: str, round_name: str) -> bool:
        """Whether the team enters in the second round proper."""
        proper = [it.name for it in self.rounds if it.name != PLAY_IN]
        return round_name in proper[1:2] and (proper[0], team) not in self._played


def _byes(slots: int, rounds: Sequence[Round]) -> int:
    """How many slots pass the first round without a game."""
    first = next((it for it in rounds if it.name != PLAY_IN), None)
    return slots - 2 * first.games if first else 0


def _game(row: Row, bracket: _Bracket, problems: Problems) -> Game | None:
    of_round = round_named(row.cells["round"], bracket.rounds)
    if of_round is None:
        names = ", ".join(it.name for it in bracket.rounds)
        problems.add(row.line, f"the round {shown(row.cells['round'])} is not one of {names}")
    winner = _team(row, "winner", bracket.team_named, problems)
    loser = _team(row, "loser", bracket.team_named, problems)
    won, lost = _score(row, "winner_score", problems), _score(row, "loser_score", problems)
    if won is not None and lost is not None and won <= lost:
        problems.add(row.line, f"the winner has {won} points, the loser {lost}")
        return None
    if of_round is None or winner is None or loser is None or won is None or lost is None:
        return None
    return Game(of_round.name, winner, won, loser, lost)


def _team(row: Row, column: str, team_named: Mapping[str, str], problems: Problems) -> str | None:
    team = team_named.get(row.cells[column].casefold())
    if team is None:
        problems.add(row.line, f"the {column} {shown(row.cells[column])} is not in the field")
    return team


def _score(row: Row, column: str, problems: Problems) -> int | None:
    cell = row.cells[column]
    if not _SCORE.fullmatch(cell):
        problems.add(row.line, f"the {column} {shown(cell)} is not a number from 0 to 999")
        return None
    return int(cell)
