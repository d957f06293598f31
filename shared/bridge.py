"""What `services/rds-bridge` offers: requests and replies of its functions, by function name.

preview_import   PreviewImport → ImportPreview
import_league    ImportLeague → LeagueImported
open_auction     OpenAuctionRequest → AuctionProjection
find_member      FindMember → MemberNow
list_events      ListEvents → EventsPage
forget_events    ForgetEvents → EventsForgotten
list_sales       ListSales → Sales
import_results   ImportResults → ResultsImported   (in `shared.settlement`)
settle           Settle → Settlement               (in `shared.settlement`)
migrate          Migrate → Migrated
"""

from __future__ import annotations

from typing import Literal

import msgspec

from shared.auction import LeagueRules, Lot, Member
from shared.errors import ImportProblem
from shared.events import LedgerEntry
from shared.fields import Id, Role
from shared.settlement import SettlementRules


class LeagueFiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text of the two files a league is made of.

    `teams_csv` has the columns region,seed,team,play_in; `members_csv` has name,email,role and
    optionally budget (dollars). Slots whose seed is in `bundled_seeds` are sold as one lot a seed.
    """

    teams_csv: str
    members_csv: str
    bundled_seeds: tuple[int, ...] = ()


class PreviewImport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of an import but its users, who are made only for one that can succeed."""

    files: LeagueFiles
    settlement: SettlementRules = SettlementRules()
    league_name: str = "Calcutta"
    tournament_name: str = "Tournament"
    rules: LeagueRules = LeagueRules()


class MemberPreview(msgspec.Struct, frozen=True):
    name: str
    email: str
    role: Role


class ImportPreview(msgspec.Struct, frozen=True):
    """What an import would make; `problems` is empty if it would be accepted."""

    teams: int
    slots: int
    lots: int
    members: tuple[MemberPreview, ...]
    problems: tuple[ImportProblem, ...]


class ImportLeague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Make a tournament, a league and its auction, all or nothing.

    Attributes:
        import_id: chosen by the caller; the same one again returns what the first one made.
        user_ids: the identity provider's user id of each member, by lower-case e-mail address.
    """

    import_id: Id
    league_name: str
    tournament_name: str
    files: LeagueFiles
    user_ids: dict[str, Id]
    rules: LeagueRules = LeagueRules()
    settlement: SettlementRules = SettlementRules()


class LeagueImported(msgspec.Struct, frozen=True):
    league_id: Id
    auction_id: Id
    lots: int
    members: int


class OpenAuctionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    auction_id: Id


class MemberNow(Member, frozen=True):
    """A member as the database has them now.

    Attributes:
        active: not if they have left or were removed; what they bought stays theirs.
        version: grows with every change of the member.
    """

    active: bool = True
    version: int = 0


class AuctionProjection(msgspec.Struct, frozen=True):
    """Everything the live auction needs, at once; the same however often it is asked for.

    Attributes:
        former: who has left or was removed; they may come back, with the budget they had.
        version: grows with every change of the league or of a member.
    """

    auction_id: Id
    league_id: Id
    title: str
    rules: LeagueRules
    members: tuple[MemberNow, ...]
    lots: tuple[Lot, ...]
    former: tuple[MemberNow, ...] = ()
    version: int = 1


class FindMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which member a user is; with `former` also if they have left or were removed."""

    auction_id: Id
    user_id: Id
    former: bool = False


class ListEvents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    auction_id: Id
    after_seq: int = 0


class Bid(msgspec.Struct, frozen=True):
    """A row of `bid`; `seq` is the event that placed it."""

    seq: int
    lot_id: Id
    member: int
    amount_cents: int


class EventsPage(msgspec.Struct, frozen=True):
    """At most `MAX_EVENTS_PAGE` rows of `auction_event` by ascending seq; the bids among them."""

    entries: tuple[LedgerEntry, ...]
    more: bool
    bids: tuple[Bid, ...] = ()


class ForgetEvents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Delete the rows of what happened before `before_seq`, in a synthetic auction only."""

    auction_id: Id
    before_seq: int


class EventsForgotten(msgspec.Struct, frozen=True):
    """How many rows of `auction_event` there were."""

    events: int


class ListSales(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    auction_id: Id


class Sale(msgspec.Struct, frozen=True):
    """A sale that stands: `seq` is the event that made it."""

    lot_id: Id
    lot_name: str
    owner: int
    price_cents: int
    seq: int


SqlAuctionStatus = Literal["planned", "open", "closed"]
"""`planned`: imported, never opened."""


class Sales(msgspec.Struct, frozen=True):
    """The members concerned, the sales that stand, and the auction's status in the database."""

    members: tuple[Member, ...]
    sales: tuple[Sale, ...]
    status: SqlAuctionStatus = "planned"


class Migrate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Migrated(msgspec.Struct, frozen=True):
    revision: str
