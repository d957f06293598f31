"""`calcutta lobby`, before a function that remembers what it was told."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from calcutta.stages import Stage
from shared.bridge import Sales
from shared.errors import NotFound
from shared.lobby import (
    AdmitMore,
    CloseLine,
    LineOrder,
    LineReport,
    OpenLine,
    PauseLine,
    Range,
    ResumeLine,
    RunLine,
    Serving,
    SetPace,
    ShowLine,
)
from tests.unit.cli.fakes import SERVICES, FakeBridge, FakeStacks, calcutta

SERVING = Serving(
    status="open",
    gather_at_ms=0,
    doors_at_ms=1_773_604_800_000,
    seed="00" * 16,
    early=400,
    served=120,
    waiting=380,
    per_minute=Range(40, 70),
    now_ms=1_773_604_900_000,
    numbered_until_ms=1_773_604_890_000,
    seat_claim_ms=60_000,
)


class Lobby:
    """The lobby's function, and the bridge's that knows which auctions there are.

    Attributes:
        told: every order it was given, but to show the line before it is opened.
        asked: the auctions that the database was asked for.
    """

    def __init__(self, *, has_line: bool = True, auctions: tuple[str, ...] = ("a-1",)) -> None:
        self.told: list[RunLine] = []
        self.asked: list[str] = []
        self._has_line = has_line
        self._auctions = auctions
        clients: dict[str, Any] = {
            "cloudformation": FakeStacks(
                "prod", SERVICES | {"lobby": {"RunLineLiveArn": "RunLine"}}
            ),
            "lambda": FakeBridge(RunLine=self._run, ListSales=self._list_sales),
        }
        self.stage = Stage("prod", lambda service: clients[service])

    def _run(self, request: Any) -> LineReport:
        told = msgspec.convert(request, RunLine)
        self.told = [it for it in self.told if it.order != ShowLine()] + [told]
        if not (self._has_line or isinstance(told.order, OpenLine)):
            raise NotFound("this auction has no line; calcutta lobby open gives it one")
        return LineReport("a-1", SERVING, pace_per_minute=60, late=100, extra=2)

    def _list_sales(self, request: Any) -> Sales:
        self.asked.append(request["auction_id"])
        if request["auction_id"] not in self._auctions:
            raise NotFound("there is no such auction")
        return Sales(members=(), sales=())

    def open(self, auction_id: str) -> Any:
        said = ("lobby", "open", "--auction", auction_id, "--stage", "prod")
        return calcutta(*said, stage=self.stage)


@pytest.mark.parametrize(
    ("said", "order"),
    [
        (["status"], ShowLine()),
        (["open"], OpenLine()),
        (
            ["open", "--doors-at", "2026-03-15T20:00:00Z", "--pace", "60"],
            OpenLine(doors_at_ms=1_773_604_800_000, pace_per_minute=60),
        ),
        (
            ["open", "--gather-at", "2026-03-15T16:00:00-04:00"],
            OpenLine(gather_at_ms=1_773_604_800_000),
        ),
        (["pause"], PauseLine()),
        (["pause", "--resume"], ResumeLine()),
        (["pace", "90"], SetPace(90)),
        (["close"], CloseLine()),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_a_command_gives_its_order(said: list[str], order: LineOrder) -> None:
    lobby = Lobby()
    done = calcutta("lobby", *said, "--auction", "a-1", "--stage", "prod", stage=lobby.stage)
    assert done.exit_code == 0, done.output
    assert lobby.told == [RunLine("a-1", order)]
    assert "the line of a-1 is open" in done.stdout
    assert "40 to 70" in done.stdout


def test_each_order_to_let_people_in_is_a_request_of_its_own() -> None:
    lobby = Lobby()
    for _ in range(2):
        calcutta(
            *("lobby", "admit", "25", "--auction", "a-1", "--stage", "prod"), stage=lobby.stage
        )
    first, second = (it.order for it in lobby.told)
    assert isinstance(first, AdmitMore)
    assert isinstance(second, AdmitMore)
    assert (first.people, second.people) == (25, 25)
    assert first.request_id != second.request_id


def test_an_auction_that_the_stage_does_not_know_gets_no_line() -> None:
    lobby = Lobby(has_line=False)
    done = lobby.open("a-2")
    assert done.exit_code == 1
    assert "stage prod has no auction a-2" in done.stderr
    assert [it.order for it in lobby.told] == [ShowLine()]


def test_an_auction_that_is_only_in_the_database_gets_a_line() -> None:
    lobby = Lobby(has_line=False)
    assert lobby.open("a-1").exit_code == 0
    assert lobby.told == [RunLine("a-1", OpenLine())]


def test_a_line_that_is_there_is_opened_without_the_database() -> None:
    lobby = Lobby()
    assert lobby.open("a-1").exit_code == 0
    assert lobby.asked == []


def test_a_program_reads_the_report() -> None:
    done = calcutta(
        "lobby", "status", "--auction", "a-1", "--stage", "prod", "--json", stage=Lobby().stage
    )
    assert json.loads(done.stdout)["serving"]["waiting"] == 380


@pytest.mark.parametrize("time", ["tomorrow", "2026-03-15T20:00:00", "25:00"])
def test_a_time_that_says_not_when_is_refused(time: str) -> None:
    lobby = Lobby()
    done = calcutta(
        *("lobby", "open", "--auction", "a-1", "--doors-at", time, "--stage", "prod"),
        stage=lobby.stage,
    )
    assert done.exit_code == 2
    assert lobby.told == []


@pytest.mark.parametrize("said", [["pace", "0"], ["pace", "60001"], ["admit", "0"]])
def test_a_number_out_of_range_is_refused(said: list[str]) -> None:
    lobby = Lobby()
    done = calcutta("lobby", *said, "--auction", "a-1", "--stage", "prod", stage=lobby.stage)
    assert done.exit_code == 2
    assert lobby.told == []


def test_an_auction_without_a_line_is_one_sentence() -> None:
    done = calcutta(
        "lobby", "status", "--auction", "a-1", "--stage", "prod", stage=Lobby(has_line=False).stage
    )
    assert done.exit_code == 1
    assert "calcutta lobby open gives it one" in done.output
