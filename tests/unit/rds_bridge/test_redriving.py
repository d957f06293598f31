import pytest

from rds_bridge_service.logic.applying import EntryRefused
from rds_bridge_service.logic.redriving import redrive
from shared.codec import encode
from shared.errors import NotFound
from shared.events import AuctionClosed, LedgerEntry
from shared.quarantine import Quarantined, QuarantineSource, Redrive, ShowQuarantine
from tests.unit.rds_bridge.test_applying import InMemoryLedger

GOOD = encode(LedgerEntry("a", 3, AuctionClosed(at_ms=1))).decode()
UNKNOWN = encode(LedgerEntry("c", 3, AuctionClosed(at_ms=1))).decode()
NOW_MS = 77


class ReadableLedger(InMemoryLedger):
    def has(self, auction_id: str, seq: int) -> bool:
        return (auction_id, seq) in {(it.auction_id, it.seq) for it in self.entries}


class OneRecord:
    """The quarantine with the record q in it."""

    def __init__(self, payload: str, source: QuarantineSource, seq: int | None) -> None:
        self.released: list[tuple[str, int]] = []
        self._record = Quarantined("q", source, "origin", "why", "a", seq, 1, None, payload)

    def show(self, request: ShowQuarantine) -> Quarantined:
        if request.quarantine_id != "q":
            raise NotFound("no such record")
        return self._record

    def release(self, quarantine_id: str, at_ms: int) -> None:
        self.released.append((quarantine_id, at_ms))


class Yard:
    def __init__(
        self, payload: str = GOOD, source: QuarantineSource = "apply", seq: int | None = 3
    ) -> None:
        self.ledger, self.quarantine = ReadableLedger(), OneRecord(payload, source, seq)

    def redrive(self, request: Redrive) -> tuple[bool, str]:
        redriven = redrive(request, self.quarantine, self.ledger, NOW_MS)
        assert bool(self.quarantine.released) == redriven.applied
        return redriven.applied, redriven.reason


def test_what_can_be_understood_now_is_applied_and_released() -> None:
    yard = Yard()
    assert yard.redrive(Redrive("q")) == (True, "")
    assert [it.seq for it in yard.ledger.entries] == [3]
    assert yard.quarantine.released == [("q", NOW_MS)]


def test_a_repaired_payload_is_applied_instead() -> None:
    yard = Yard(payload="?")
    assert yard.redrive(Redrive("q", payload=GOOD)) == (True, "")
    assert [it.seq for it in yard.ledger.entries] == [3]


def test_what_still_cannot_be_understood_stays() -> None:
    applied, reason = Yard(payload="?").redrive(Redrive("q"))
    assert (applied, reason.partition(":")[0]) == (False, "not a ledger entry")


def test_what_still_names_nothing_that_is_there_stays() -> None:
    assert Yard(payload=UNKNOWN).redrive(Redrive("q")) == (False, "the auction is unknown")


def test_what_the_database_still_refuses_stays() -> None:
    yard = Yard()
    yard.ledger._trouble = {("a", 3): EntryRefused("too long")}
    assert yard.redrive(Redrive("q")) == (False, "the database refused it: too long")


def test_what_came_from_the_stream_is_released_once_it_has_arrived() -> None:
    yard = Yard(payload="{}", source="relay")
    assert yard.redrive(Redrive("q")) == (False, "its event is not in the database yet")
    yard.ledger.append([LedgerEntry("a", 3, AuctionClosed(at_ms=1))])
    assert yard.redrive(Redrive("q")) == (True, "")


def test_where_it_arrives_may_be_told() -> None:
    yard = Yard(payload="{}", source="relay", seq=None)
    assert yard.redrive(Redrive("q"))[0] is False
    yard.ledger.append([LedgerEntry("a", 9, AuctionClosed(at_ms=1))])
    assert yard.redrive(Redrive("q", auction_id="a", seq=9)) == (True, "")


def test_an_unknown_record_is_not_found() -> None:
    with pytest.raises(NotFound):
        Yard().redrive(Redrive("p"))
