"""The deployed canary: what it sees of a stage that works, and of one that does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import boto3
import httpx
import pytest
from boto3.dynamodb.conditions import Key

from shared.synthetic import CANARY_EMAIL, is_synthetic, public_id
from tests.e2e.system import TEAMS, System, wait_for

THROUGH_THE_LINE = "2026-11-21T08:04:59Z"
BESIDE_THE_LINE = "2026-11-21T08:05:00Z"


@pytest.fixture(scope="module")
def canary_auction(system: System) -> str:
    """The synthetic auction, once the canary is prepared."""
    with system.in_environment():
        prepared = json.loads(system.calcutta("canary", "prepare", "--json").stdout)
    auction_id: str = prepared["auction_id"]
    return auction_id


def look(system: System, *, fails: bool = False) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(system.calcutta("canary", "--json", fails=fails).stdout)
    return report


def look_anyhow(system: System) -> dict[str, Any]:
    """What the check says, whether it passes or not."""
    arn = system.stage.output("canary", "CheckAuctionLiveArn")
    answer = boto3.client("lambda").invoke(
        FunctionName=arn, Payload=json.dumps({"hops": 1, "request": {}})
    )
    report: dict[str, Any] = json.loads(answer["Payload"].read())["reply"]
    return report


def check_by_schedule(system: System, time: str = BESIDE_THE_LINE) -> dict[str, Any]:
    arn = system.stage.output("canary", "CheckAuctionLiveArn")
    event = {"source": "aws.events", "detail-type": "Scheduled Event", "time": time, "detail": {}}
    answer = boto3.client("lambda").invoke(FunctionName=arn, Payload=json.dumps(event))
    said: dict[str, Any] = json.loads(answer["Payload"].read())
    return said


@contextmanager
def without_applying() -> Iterator[None]:
    """Events stay in their queue and do not reach the database."""
    lambdas = boto3.client("lambda")
    [mapping] = lambdas.list_event_source_mappings(
        FunctionName="calcutta-rds-bridge-local-apply:live"
    )["EventSourceMappings"]

    def state() -> str:
        found: str = lambdas.get_event_source_mapping(UUID=mapping["UUID"])["State"]
        return found

    lambdas.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    wait_for(lambda: state() == "Disabled")
    try:
        yield
    finally:
        lambdas.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
        wait_for(lambda: state() == "Enabled")


def test_a_stage_that_works_passes(system: System, canary_auction: str) -> None:
    report = look(system)
    assert report["passed"], report
    assert 0 < report["bid_ms"] <= report["row_ms"]
    assert [it["step"] for it in report["steps"]][-4:] == ["bid", "broadcast", "row", "tidy"]


def test_what_the_schedule_asks_for_passes_with_one_bid(
    system: System, canary_auction: str
) -> None:
    look(system)
    before = system.seq(canary_auction)
    report = check_by_schedule(system)
    assert report["passed"], report
    assert system.seq(canary_auction) == before + 1


def test_a_database_that_hears_nothing_fails_at_the_row(
    system: System, canary_auction: str
) -> None:
    with without_applying():
        said = system.calcutta("canary", fails=True).stdout
        scheduled = check_by_schedule(system)
    assert "canary: failed at row: the bid's row was not seen in the database" in said
    assert scheduled["errorMessage"].startswith("row: the bid's row was not seen")
    assert look(system)["passed"]


def served(system: System, auction_id: str) -> int:
    """How many people came through the line beside a synthetic auction."""
    line = public_id(auction_id)
    said = system.calcutta("lobby", "status", "--auction", line, "--json").stdout
    found: int = json.loads(said)["serving"]["served"]
    return found


def test_the_first_check_of_two_hours_and_each_that_is_asked_for_come_through_the_line(
    system: System, canary_auction: str
) -> None:
    before = served(system, canary_auction)
    reports = [check_by_schedule(system, THROUGH_THE_LINE), look(system)]
    assert all(it["lobby_ms"] > 0 for it in reports), reports
    assert served(system, canary_auction) >= before + 2


def test_the_other_checks_of_the_schedule_come_in_as_members_do(
    system: System, canary_auction: str
) -> None:
    before = served(system, canary_auction)
    report = check_by_schedule(system)
    assert (report["passed"], report["lobby_ms"]) == (True, None), report
    assert served(system, canary_auction) == before


def test_a_line_that_is_closed_fails_at_the_lobby_and_preparing_opens_it(
    system: System, canary_auction: str
) -> None:
    system.calcutta("lobby", "close", "--auction", public_id(canary_auction))
    # what a line is like is known for a second
    wait_for(lambda: look_anyhow(system)["failed_at"] == "lobby")
    system.calcutta("canary", "prepare")
    wait_for(lambda: look_anyhow(system)["passed"])


def test_checks_at_the_same_time_all_pass(system: System, canary_auction: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        by_schedule = pool.submit(check_by_schedule, system, THROUGH_THE_LINE)
        asked = list(pool.map(lambda _: look(system), range(2)))
    assert [it["reason"] for it in (*asked, by_schedule.result())] == [None] * 3


def test_preparing_again_changes_nothing(system: System, canary_auction: str) -> None:
    name = system.stage.output("canary", "UserParameterName")
    before = boto3.client("ssm").get_parameter(Name=name)["Parameter"]["Version"]
    again = json.loads(system.calcutta("canary", "prepare", "--json").stdout)
    assert again == {"auction_id": canary_auction, "email": CANARY_EMAIL}
    assert boto3.client("ssm").get_parameter(Name=name)["Parameter"]["Version"] == before


def test_another_password_is_mended_by_preparing_again(system: System, canary_auction: str) -> None:
    system.users.set_password(CANARY_EMAIL, "Another-password-1")
    report = look(system, fails=True)
    assert report["failed_at"] == "sign_in"
    assert "run calcutta canary prepare" in report["reason"]
    system.calcutta("canary", "prepare")
    assert look(system)["passed"]


def test_the_password_is_kept_as_a_secure_string(system: System, canary_auction: str) -> None:
    name = system.stage.output("canary", "UserParameterName")
    assert name == "/calcutta/local/canary/user"
    assert boto3.client("ssm").get_parameter(Name=name)["Parameter"]["Type"] == "SecureString"


def test_the_synthetic_league_is_in_no_list_and_behind_no_door(
    system: System, canary_auction: str
) -> None:
    name = system.stage.output("canary", "UserParameterName")
    kept = boto3.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    token, _ = system.users.sign_in(CANARY_EMAIL, json.loads(kept)["password"])
    url = system.stage.output("rds-bridge", "LeaguesApiUrl")
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "canary-1"}
    with httpx.Client(base_url=url, headers=headers, timeout=30) as http:
        assert http.get("/leagues").json()["leagues"] == []
        tournament = {"name": "Cup", "teams_csv": TEAMS}
        made = {"name": "Mine", "member_name": "Me", "tournament": tournament}
        assert http.post("/leagues", json=made).status_code == 403


def test_what_happened_in_the_synthetic_auction_has_a_time_to_live(
    system: System, canary_auction: str
) -> None:
    assert is_synthetic(canary_auction)
    look(system)
    rows = system.table("LedgerTableName").query(
        KeyConditionExpression=Key("auction_id").eq(canary_auction)
    )["Items"]
    assert rows
    assert [it for it in rows if "expires_at" not in it] == []


def test_reconcile_refuses_the_synthetic_auction(system: System, canary_auction: str) -> None:
    said = system.calcutta("sync", "reconcile", canary_auction, fails=True).stderr
    assert said == (
        "calcutta: a synthetic auction forgets what happened: there is nothing to compare\n"
    )


def test_no_schedule_runs_on_a_laptop(system: System) -> None:
    rules = boto3.client("events").list_rules()["Rules"]
    states = {it["State"] for it in rules if it["Name"].startswith("calcutta-canary-local")}
    assert states == {"DISABLED"}
