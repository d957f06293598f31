"""Records that nobody understood: set aside whole, listed, shown and redriven.

`services/websocket` sends what its relay cannot read through the apply queue, in the envelope
`SetAsideMessage`; `services/rds-bridge` keeps it, and what it cannot apply itself, and offers:

list_quarantine  ListQuarantine → QuarantinePage
show_quarantine  ShowQuarantine → Quarantined
redrive          Redrive → Redriven
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from shared.fields import Id

QuarantineSource = Literal["relay", "apply"]
"""Who gave up: the relay on a stream record, or the bridge on a message of the apply queue."""


class SetAside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record and why it is here.

    Attributes:
        origin: the stream or queue it came from, and its number there.
        payload: the stream record as JSON, or the message's body as it was.
        auction_id, seq: its place in a ledger, as far as that can be told.
    """

    source: QuarantineSource
    origin: str
    reason: str
    payload: str
    auction_id: str | None = None
    seq: int | None = None

    @property
    def quarantine_id(self) -> str:
        """The same record is the same row, however often it is delivered."""
        what = f"{self.source}\0{self.payload}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(what).hexdigest()[:32]


class SetAsideMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message of the apply queue that goes to quarantine instead of a ledger."""

    set_aside: SetAside


class ListQuarantine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Those that wait to be redriven, oldest first; with `redriven` the others too."""

    auction_id: Id | None = None
    redriven: bool = False


class ShowQuarantine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    quarantine_id: Id


class Quarantined(msgspec.Struct, frozen=True):
    """A row of the quarantine; `payload` is empty in a list."""

    quarantine_id: Id
    source: QuarantineSource
    origin: str
    reason: str
    auction_id: str | None
    seq: int | None
    set_aside_ms: int
    redriven_ms: int | None
    payload: str = ""


class QuarantinePage(msgspec.Struct, frozen=True):
    """At most `MAX_QUARANTINE_PAGE` rows; `waiting` counts all that wait."""

    rows: tuple[Quarantined, ...]
    waiting: int


class Redrive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Apply a row of source `apply`; for one of source `relay`, look whether it has arrived.

    Attributes:
        payload: the repaired message; None applies it as it was.
        seq: where the relay put it, if the row does not know that itself.
    """

    quarantine_id: Id
    payload: str | None = None
    auction_id: Id | None = None
    seq: int | None = None


class Redriven(msgspec.Struct, frozen=True):
    """Whether its event is in the database now, and if not, why."""

    applied: bool
    reason: str = ""
