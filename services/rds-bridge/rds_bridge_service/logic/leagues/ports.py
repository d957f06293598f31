"""What the database offers to a league's operations, and what is known of a league and its members.

`Rows` are the rows of one transaction: what an operation reads there is what it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import msgspec

from rds_bridge_service.logic.importing import Leagues
from rds_bridge_service.logic.settlement.importing import NewResults
from rds_bridge_service.logic.settlement.settle import Facts
from shared.auction import LeagueRules, Lot, Slot
from shared.bridge import Sales
from shared.fields import Role
from shared.leagues import GamePlayed, League, MemberStatus, PlannedStatus
from shared.settlement import ResultsImported, SettlementRules

T = TypeVar("T")


class LeagueRow(msgspec.Struct, frozen=True):
    """A league with its tournament and its auction."""

    league_id: str
    name: str
    version: int
    rules: LeagueRules
    settlement: SettlementRules
    tournament_id: str
    tournament_name: str
    auction_id: str
    auction_status: PlannedStatus


class MemberRow(msgspec.Struct, frozen=True):
    """A member, also one who has left or was removed."""

    number: int
    user_id: str
    email: str
    name: str
    role: Role
    status: MemberStatus
    version: int
    budget_cents: int | None = None


class MemberRows(Protocol):
    """Leagues, their members and invitations. Every change of a member is its next version."""

    def lock(self, league_id: str) -> None:
        """Let changes of one league take turns; to be called before anything is read."""
        ...

    def lock_invited(self, code: str) -> str | None:
        """The id of the league that an invitation is to, locked like `lock`."""
        ...

    def league(self, league_id: str) -> LeagueRow | None: ...

    def leagues_of(self, user_id: str, after: str, limit: int) -> list[League]:
        """By league id, those that the user is an active member of."""
        ...

    def change_league(
        self,
        league: LeagueRow,
        *,
        name: str | None = None,
        rules: LeagueRules | None = None,
        settlement: SettlementRules | None = None,
    ) -> int:
        """Change what is not None; returns the league's next version."""
        ...

    def delete_league(self, league: LeagueRow) -> None: ...

    def user(self, league_id: str, user_id: str) -> MemberRow | None: ...

    def member(self, league_id: str, number: int) -> MemberRow | None: ...

    def members(self, league_id: str, after: int, limit: int) -> list[MemberRow]: ...

    def has_email(self, league_id: str, email: str) -> bool: ...

    def next_number(self, league_id: str) -> int: ...

    def add_member(self, league_id: str, member: MemberRow) -> None: ...

    def put_member(self, league_id: str, member: MemberRow) -> MemberRow:
        """Keep what is said of a member, as their next version, which is returned."""
        ...

    def invite(self, league_id: str) -> str | None: ...

    def put_invite(self, league_id: str, code: str | None) -> None: ...

    def notify(self, auction_id: str, user_id: str | None) -> None:
        """Have the live auction look again, once this is committed: at a member or the rules."""
        ...


class FieldRows(Protocol):
    """Tournaments, lots and results."""

    def slots(self, tournament_id: str) -> tuple[Slot, ...]: ...

    def lots(self, auction_id: str) -> tuple[Lot, ...]: ...

    def put_field(self, league: LeagueRow, name: str, slots: Sequence[Slot]) -> None:
        """Another tournament, without lots and results."""
        ...

    def put_lots(self, league: LeagueRow, lots: Sequence[Lot]) -> None: ...

    def games(self, tournament_id: str) -> tuple[GamePlayed, ...]: ...

    def awards(self, league_id: str) -> dict[str, str]: ...

    def put_results(self, league: LeagueRow, new: NewResults) -> ResultsImported:
        """Keep these games and awards instead of what there was."""
        ...

    def facts(self, auction_id: str) -> Facts:
        """All that a settlement depends on."""
        ...

    def sales(self, auction_id: str) -> Sales: ...


class Rows(Protocol):
    @property
    def of_members(self) -> MemberRows: ...

    @property
    def of_field(self) -> FieldRows: ...


class Book(Protocol):
    """The database, a transaction at a time."""

    def reading(self, work: Callable[[Rows], T]) -> T: ...

    def writing(self, work: Callable[[Rows], T]) -> T:
        """Do it all or nothing; it may be attempted more than once."""
        ...


class Desk(Protocol):
    """Everything the operations work with."""

    @property
    def book(self) -> Book: ...

    @property
    def leagues(self) -> Leagues: ...

    def new_code(self) -> str:
        """A code for an invitation that nobody guesses."""
        ...
