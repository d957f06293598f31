"""The types of fields that messages share; their constraints are part of the protocol."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from shared.limits import (
    MAX_AMOUNT_CENTS,
    MAX_CHAT_CHARS,
    MAX_COUNT,
    MAX_ID_CHARS,
    MAX_MEMBERS,
    MAX_NAME_CHARS,
    MAX_REQUEST_ID_CHARS,
    NO_MEMBER,
)


def _word(longest: int) -> str:
    # `$` alone would let a line feed at the end through
    return rf"^[A-Za-z0-9_-]{{1,{longest}}}(?!\n)$"


Id = Annotated[str, Meta(pattern=_word(MAX_ID_CHARS))]
RequestId = Annotated[
    str,
    Meta(
        pattern=_word(MAX_REQUEST_ID_CHARS),
        description="Chosen by the client; a request sent again with the same id changes nothing.",
    ),
]
AmountCents = Annotated[
    int, Meta(ge=1, le=MAX_AMOUNT_CENTS, description="A positive amount in integer cents.")
]
BalanceCents = Annotated[int, Meta(ge=0, le=MAX_AMOUNT_CENTS, description="Integer cents.")]
MinimumCents = Annotated[
    int,
    Meta(
        ge=1,
        le=2 * MAX_AMOUNT_CENTS,
        description="The lowest bid that stands; over the highest price it is out of reach.",
    ),
]
TimeMs = Annotated[
    int,
    Meta(ge=0, le=MAX_COUNT, description="UTC epoch milliseconds, by the server's clock."),
]
Seq = Annotated[
    int, Meta(ge=0, le=MAX_COUNT, description="The number of an event within its auction.")
]
MemberNumber = Annotated[
    int, Meta(ge=0, lt=MAX_MEMBERS, description="A member's short number within the auction.")
]
ViewerNumber = Annotated[
    int,
    Meta(
        ge=0,
        le=NO_MEMBER,
        description=f"A member's short number, or {NO_MEMBER} for who watches without being one.",
    ),
]
ClockMs = Annotated[
    int, Meta(ge=1_000, le=600_000, description="How long a lot has when it comes up.")
]
"""At most ten minutes, like an extension: SQS delays a hammer by fifteen at most."""

ExtensionMs = Annotated[
    int, Meta(ge=200, le=600_000, description="How long a lot has at least after each bid.")
]
AutoNextMs = Annotated[
    int, Meta(ge=1_000, le=600_000, description="The pause before a lot comes up by itself.")
]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME_CHARS)]
ChatText = Annotated[str, Meta(min_length=1, max_length=MAX_CHAT_CHARS)]

Role = Literal["commissioner", "admin", "bidder", "spectator"]
AuctionStatus = Literal["open", "bidding", "paused", "closed"]
"""`open`: between lots; `bidding`: a lot is up; `paused`: a lot is up and its clock stands."""

LotStatus = Literal["unsold", "up", "sold", "passed"]
LotOrder = Literal["arranged", "random"]
