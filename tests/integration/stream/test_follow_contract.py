"""`followLeagues` behind a strict poller with the template's settings: nobody's change is lost, and
nobody's stands in another's way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from shared.bridge import AuctionProjection, MemberNow
from shared.errors import CalleeFailed, InvalidMessage
from shared.settings import Settings
from tests.fakes.builders import AUCTION, projection
from tests.fakes.catalogue import MemoryRulesBook
from tests.fakes.connections import MemoryConnections
from tests.fakes.queues import MemoryBridge
from tests.integration.stream.poller import Mapping, Poller, Record
from tests.integration.stream.template import stream_of
from websocket_service.handlers import follow_leagues

UNANSWERABLE = "user-13"


@pytest.fixture(scope="module")
def stream() -> dict[str, Any]:
    return stream_of("followLeagues")


class Database(MemoryBridge):
    """Knows everybody, but does not answer the next `deaf` calls, and never for one user."""

    def __init__(self, deaf: int = 0) -> None:
        super().__init__(replace(projection(), version=2))
        self.deaf = deaf

    def open_auction(self, auction_id: str) -> AuctionProjection:
        self._answers()
        return super().open_auction(auction_id)

    def look_up(self, auction_id: str, user_id: str) -> MemberNow:
        self._answers()
        if user_id == UNANSWERABLE:
            raise InvalidMessage("it cannot be asked")
        number = int(user_id.removeprefix("user-"))
        return MemberNow(number, user_id, user_id, "bidder", version=2)

    def _answers(self) -> None:
        if self.deaf:
            self.deaf -= 1
            raise CalleeFailed("the database is down")


class World:
    """What stands behind the function; `followed` is who was looked after, in order."""

    def __init__(self, bridge: Database) -> None:
        self.bridge, self.rules_book = bridge, MemoryRulesBook()
        self.connections, self.sockets, self.roll_writer = MemoryConnections(), None, self
        self.followed: list[str] = []

    def settings(self) -> Settings:
        return Settings()

    def put(self, auction_id: str, member: MemberNow) -> None:
        self.followed.append(member.user_id)


def notice(number: int, about: str | None = None) -> Record:
    """Of member `number`, unless it is about something else."""
    keys = {"auction_id": {"S": AUCTION}, "about": {"S": about or f"member user-{number}"}}
    change = {
        "ApproximateCreationDateTime": 0,
        "Keys": keys,
        "SequenceNumber": str(100_000 + number),
        "StreamViewType": "KEYS_ONLY",
    }
    return {"eventName": "MODIFY", "eventSource": "aws:dynamodb", "dynamodb": change}


def followed(
    stream: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    shard: Sequence[Record],
    bridge: Database | None = None,
    **changes: int,
) -> tuple[World, Poller]:
    world = World(bridge or Database())
    monkeypatch.setattr(follow_leagues, "container", lambda: world)
    poller = Poller(Mapping.of_template(stream | changes), follow_leagues.handler)
    poller.run(shard)
    return world, poller


def users(*numbers: int) -> list[str]:
    return [f"user-{it}" for it in numbers]


def test_the_template_says_all_that_the_contract_depends_on(stream: dict[str, Any]) -> None:
    assert Mapping.of_template(stream) == Mapping(
        batch_size=10,
        maximum_retry_attempts=-1,
        maximum_record_age_s=82_800,
        bisect=True,
        report_batch_item_failures=True,
    )
    on_failure = stream["destinations"]["onFailure"]
    assert (on_failure["type"], on_failure["arn"]) == ("sqs", "GetAtt FollowFailures.Arn")
    assert stream["startingPosition"] == "TRIM_HORIZON"


def test_every_notice_is_followed_once_and_in_order(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = [*(notice(it) for it in range(1, 12)), notice(99, "rules")]
    world, poller = followed(stream, monkeypatch, shard)
    assert world.followed == users(*range(1, 12))
    assert world.rules_book.latest(AUCTION) is not None
    assert len(poller.batches) == 2


@pytest.mark.parametrize("deaf", [1, 5, 60])
def test_a_database_that_is_away_loses_nothing(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch, deaf: int
) -> None:
    shard = [notice(it) for it in range(1, 13)]
    world, poller = followed(stream, monkeypatch, shard, Database(deaf))
    assert world.followed == users(*range(1, 13))
    assert poller.discarded == []


@pytest.mark.parametrize(
    "spoiled", [notice(13), notice(13, "weather"), notice(13) | {"eventName": "REMOVE"}]
)
def test_a_notice_that_nobody_can_follow_blocks_nothing(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch, spoiled: Record
) -> None:
    world, poller = followed(stream, monkeypatch, [notice(1), spoiled, notice(2)])
    assert world.followed == users(1, 2)
    assert (len(poller.batches), poller.discarded) == (1, [])


def test_a_database_that_is_away_beyond_the_age_of_notices_leaves_their_places(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = [notice(it) for it in range(1, 4)]
    world, poller = followed(
        stream, monkeypatch, shard, Database(10**6), maximumRecordAgeInSeconds=60
    )
    lost = sum(it["DDBStreamBatchInfo"]["batchSize"] for it in poller.discarded)
    assert (lost, world.followed) == (3, [])
