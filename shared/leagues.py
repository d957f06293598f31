"""What people and pages say to a league over HTTP, and what they hear.

`docs/leagues-api.openapi.yaml` says which operation takes and returns what. Amounts are integer
cents; a `version` is what `If-Match` has to name to change what carries it.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from shared.auction import Lot, Slot
from shared.errors import ImportProblem
from shared.fields import AmountCents, Id, MemberNumber, Name, Role
from shared.limits import MAX_BUNDLED_SEEDS, MAX_LOTS

InviteCode = Annotated[
    str, Meta(pattern=r"^[A-Z2-9]{12}(?!\n)$", description="Lets whoever has it join as a bidder.")
]
PlannedStatus = Literal["planned", "open", "closed"]
"""An auction as the database knows it; the live one knows more."""

MemberStatus = Literal["active", "left", "removed"]
Version = Annotated[int, Meta(ge=1)]
Seed = Annotated[int, Meta(ge=1, le=999)]


class TournamentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tournament's field as the text of a file, and how it is sold.

    Attributes:
        teams_csv: text with the columns region,seed,team,play_in.
        bundled_seeds: slots of these seeds are sold as one lot a seed.
    """

    name: Name
    teams_csv: str
    bundled_seeds: Annotated[tuple[Seed, ...], Meta(max_length=MAX_BUNDLED_SEEDS)] = ()


class CreateLeague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A league for a tournament; whoever creates it is its commissioner, as `member_name`."""

    name: Name
    member_name: Name
    tournament: TournamentFile


class ChangeLeague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Name


class JoinLeague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Join with an invitation, as `member_name`."""

    code: InviteCode
    member_name: Name


class ChangeRole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another role; `commissioner` hands the league over, and makes an admin of who had it."""

    role: Role


class ChangeBudget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most this member may spend; None: what the league's rules say."""

    budget_cents: AmountCents | None


class LotLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lot to be: one slot, or a bundle. Without a name it gets one from its slots."""

    slot_ids: Annotated[tuple[Id, ...], Meta(min_length=1)]
    name: Name | None = None


class ArrangeLots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All lots in their order; every slot of the tournament is in one of them."""

    lots: Annotated[tuple[LotLayout, ...], Meta(min_length=1, max_length=MAX_LOTS)]


class ResultsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All games that were played, instead of those there were.

    Attributes:
        results_csv: text with the columns round,winner,winner_score,loser,loser_score.
        awards: team by the name of the payout rule that is awarded by hand; replaces all awards,
            or, as None, leaves them.
    """

    results_csv: str
    awards: dict[str, str] | None = None


class League(msgspec.Struct, frozen=True):
    """A league as one of its members sees it: `role` and `number` are the caller's."""

    league_id: Id
    name: Name
    role: Role
    number: MemberNumber
    auction_id: Id
    auction_status: PlannedStatus
    tournament_name: Name
    version: Version


class LeaguesPage(msgspec.Struct, frozen=True):
    """The caller's leagues by id; `next_cursor` asks for those after them, None: there are none."""

    leagues: tuple[League, ...]
    next_cursor: str | None = None


class LeagueMember(msgspec.Struct, frozen=True):
    """A member, also one who has left or was removed: what they bought stays theirs.

    Attributes:
        email: for commissioner and admins, and oneself.
    """

    number: MemberNumber
    name: Name
    role: Role
    status: MemberStatus
    version: Version
    budget_cents: AmountCents | None = None
    email: str | None = None


class MembersPage(msgspec.Struct, frozen=True):
    """Members by number; `next_cursor` asks for those after them, None: there are none."""

    members: tuple[LeagueMember, ...]
    next_cursor: str | None = None


class Invite(msgspec.Struct, frozen=True):
    """The league's invitation, or None: nobody can join."""

    code: InviteCode | None


class TournamentPreview(msgspec.Struct, frozen=True):
    """What a file would make; `problems` is empty if it would be accepted."""

    teams: int
    slots: int
    lots: int
    problems: tuple[ImportProblem, ...]


class Tournament(msgspec.Struct, frozen=True):
    """The field, by slot id."""

    name: Name
    slots: tuple[Slot, ...]


class Lots(msgspec.Struct, frozen=True):
    """The lots by position."""

    lots: tuple[Lot, ...]


class GamePlayed(msgspec.Struct, frozen=True):
    round: str
    winner: str
    winner_score: int
    loser: str
    loser_score: int


class Results(msgspec.Struct, frozen=True):
    """Games in the order they were played, and slot ids by the payout rule awarded by hand."""

    games: tuple[GamePlayed, ...]
    awards: dict[str, Id]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a request was refused (RFC 9457).

    Attributes:
        type: `urn:calcutta:problem:` and the code.
        title: the code in words.
        detail: one sentence for a person.
        code: stable, see `shared.errors`.
        field: the path of the offending field, or `header:` and the header's name.
        problems: what is wrong with an imported file, by line.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    problems: tuple[ImportProblem, ...] = ()
