"""The errors that may leave a service, one documented tree with stable codes.

    CalcuttaError                 code "internal_error"   (never raised itself)
    ├── InvalidInput              the caller must change the request
    │   ├── MalformedMessage      "malformed_message"     not JSON, or not an object
    │   ├── UnknownAction         "unknown_action"
    │   ├── InvalidMessage        "invalid_message"       a field is missing, unknown or wrong
    │   ├── MessageTooLong        "message_too_long"
    │   ├── VersionRequired       "version_required"      a change has to say what it is a change of
    │   └── ImportRefused         "import_refused"        a file has problems, by line
    ├── NotAllowed                the caller may not do this
    │   ├── Unauthenticated       "unauthenticated"       nobody is signed in
    │   ├── Forbidden             "forbidden"             the role may not
    │   ├── TicketRefused         "ticket_refused"        used, expired, foreign or unknown
    │   └── TooManyConnections    "too_many_connections"
    ├── NotFound                  "not_found"
    ├── Conflict                  what is there now says no
    │   ├── AlreadyMember         "already_member"        another member has this e-mail address
    │   ├── TooManyLeagues        "too_many_leagues"      one person runs as many as they may
    │   ├── Outdated              "outdated"              it was changed since it was read
    │   ├── CommissionerNeeded    "commissioner_needed"   a league has one, always
    │   ├── RoomFull              "room_full"             no seat is free: join the line
    │   ├── LobbyNotOpen          "lobby_not_open"        nobody may join the line yet
    │   ├── LobbyClosed           "lobby_closed"          the line is over
    │   └── LeagueFull            "league_full"
    ├── Refused                   the auction's state says no; it carries what would stand now
    │   └── (codes in RefusalCode)
    └── Unavailable               try again, the same request is safe to repeat
        ├── Busy                  "busy"                  too many concurrent changes, or a lag
        ├── CalleeFailed          "callee_failed"         another service did not answer
        └── TooManyHops           "too_many_hops"         Lambdas invoked each other too deeply

Every error carries a code for programs, a sentence for people, and what failed. The one map from
errors to replies is `shared.replies.refusal_of`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

RefusalCode = Literal[
    "auction_not_open",  # never opened, or closed
    "auction_already_open",
    "auction_closed",
    "auction_paused",
    "auction_not_paused",
    "lot_not_up",  # the lot named is not the one being auctioned
    "lot_is_up",  # first end the lot that is being auctioned
    "lot_not_available",  # sold already
    "lot_not_settled",  # neither sold nor passed, nothing to reset
    "no_lots_left",
    "no_bid_to_undo",
    "bid_changed",  # the high bid is not the one that was seen
    "bid_too_low",
    "over_budget",
    "deadline_passed",
    "deadline_not_reached",
]


class CalcuttaError(Exception):
    """Base of all errors with a code.

    Args:
        message: one sentence for a person; never an internal detail.
        field: the path of the offending field (`$.amount_cents`), where there is one.
    """

    code: ClassVar[str] = "internal_error"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidInput(CalcuttaError):
    """The request can never succeed as it is."""


class MalformedMessage(InvalidInput):
    code = "malformed_message"


class UnknownAction(InvalidInput):
    code = "unknown_action"


class InvalidMessage(InvalidInput):
    code = "invalid_message"


class MessageTooLong(InvalidInput):
    code = "message_too_long"


class VersionRequired(InvalidInput):
    code = "version_required"


class ImportProblem(msgspec.Struct, frozen=True):
    """One thing wrong with an imported file: `line` is 1-based and counts the header."""

    file: str
    line: int
    problem: str


class ImportRefused(InvalidInput):
    """A file was refused whole; `problems` says why, by line."""

    code = "import_refused"

    def __init__(self, problems: list[ImportProblem]) -> None:
        lines = "; ".join(f"{p.file} line {p.line}: {p.problem}" for p in problems)
        super().__init__(f"nothing was imported: {lines}")
        self.problems = problems


class NotAllowed(CalcuttaError):
    """The caller has no right to this."""


class Unauthenticated(NotAllowed):
    code = "unauthenticated"


class Forbidden(NotAllowed):
    code = "forbidden"


class TicketRefused(NotAllowed):
    code = "ticket_refused"


class TooManyConnections(NotAllowed):
    code = "too_many_connections"


class NotFound(CalcuttaError):
    code = "not_found"


class Conflict(CalcuttaError):
    """What is there now says no; it may be read again, and the change made anew."""


class AlreadyMember(Conflict):
    code = "already_member"


class TooManyLeagues(Conflict):
    code = "too_many_leagues"


class Outdated(Conflict):
    code = "outdated"


class CommissionerNeeded(Conflict):
    code = "commissioner_needed"


class RoomFull(Conflict):
    code = "room_full"


class LobbyNotOpen(Conflict):
    code = "lobby_not_open"


class LobbyClosed(Conflict):
    code = "lobby_closed"


class LeagueFull(Conflict):
    code = "league_full"


class Refused(CalcuttaError):
    """The auction's state says no.

    Args:
        code: which rule refused (`RefusalCode`).
        minimum_cents: the lowest bid that would now stand, where a lot is up.
        seq: the state that refused.
    """

    def __init__(
        self,
        code: RefusalCode,
        message: str,
        *,
        minimum_cents: int | None = None,
        seq: int | None = None,
    ) -> None:
        super().__init__(message)
        self.refusal_code: RefusalCode = code
        self.minimum_cents = minimum_cents
        self.seq = seq


class Unavailable(CalcuttaError):
    """Nothing is wrong with the request; the same one may be sent again."""


class Busy(Unavailable):
    code = "busy"


class CalleeFailed(Unavailable):
    code = "callee_failed"


class TooManyHops(Unavailable):
    code = "too_many_hops"
