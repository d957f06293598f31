"""`calcutta canary`, and its preparation on moto."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from calcutta.stages import Stage
from shared.bridge import LeagueImported
from shared.canary import CanaryReport, CanaryUser, StepTaken
from shared.errors import NotFound
from shared.lobby import LineReport, LineStatus, Serving
from shared.synthetic import CANARY_EMAIL, public_id
from tests.unit.cli.fakes import SERVICES, FakeBridge, FakeStacks, calcutta

PARAMETER = "/calcutta/prod/canary/user"
PASSED = CanaryReport(
    passed=True, bid_ms=5, lobby_ms=9, broadcast_ms=6, row_ms=700, steps=(StepTaken("row", 694),)
)
FAILED = CanaryReport(
    passed=False, failed_at="bid", reason="the bid was not accepted: nothing in 8 s", steps=()
)


class Canary:
    """Lambda: serves the canary's function."""

    def __init__(self, report: CanaryReport | None) -> None:
        functions = {} if report is None else {"CheckAuction": lambda _: report}
        self.bridge = FakeBridge(**functions)

    @property
    def stage(self) -> Stage:
        return stage_with(functions=self.bridge)


def stage_with(**clients: Any) -> Stage:
    """Stage prod, with a canary."""
    outputs = {"CheckAuctionLiveArn": "CheckAuction", "UserParameterName": PARAMETER}
    everything = {"cloudformation": FakeStacks("prod", SERVICES | {"canary": outputs}), **clients}
    names = {"lambda": "functions", "cognito-idp": "cognito"}
    return Stage("prod", lambda service: everything[names.get(service, service)])


def test_a_stage_that_passes_shows_each_step() -> None:
    done = calcutta("canary", "--stage", "prod", stage=Canary(PASSED).stage)
    assert done.exit_code == 0
    assert "row   694" in done.stdout
    assert done.stdout.endswith(
        "canary: passed (lobby 9 ms, bid 5 ms, broadcast 6 ms, row 700 ms)\n"
    )


def test_a_stage_that_fails_is_one_sentence_that_names_the_step_and_exit_1() -> None:
    done = calcutta("canary", "--stage", "prod", stage=Canary(FAILED).stage)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == (
        "canary: failed at bid: the bid was not accepted: nothing in 8 s"
    )


@pytest.mark.parametrize("report", [PASSED, FAILED])
def test_a_program_reads_the_report(report: CanaryReport) -> None:
    done = calcutta("canary", "--json", "--stage", "prod", stage=Canary(report).stage)
    assert json.loads(done.stdout)["passed"] is report.passed
    assert done.exit_code == (0 if report.passed else 1)


def test_a_canary_that_fails_itself_says_where_its_log_is() -> None:
    done = calcutta("canary", "--stage", "prod", stage=Canary(None).stage)
    assert done.exit_code == 1
    assert done.stderr == (
        "calcutta: the canary itself failed; see its log: "
        "aws logs tail /aws/lambda/calcutta-canary-prod-checkAuction --since 5m\n"
    )


def _serving(status: LineStatus) -> Serving:
    return Serving(
        status=status,
        gather_at_ms=0,
        doors_at_ms=0,
        seed=None,
        early=None,
        served=0,
        waiting=0,
        per_minute=None,
        now_ms=0,
        numbered_until_ms=0,
        seat_claim_ms=60_000,
    )


class Prepared:
    """A stage on moto whose bridge makes leagues."""

    def __init__(self) -> None:
        self.cognito, self.ssm = boto3.client("cognito-idp"), boto3.client("ssm")
        pool = self.cognito.create_user_pool(
            PoolName="pool", UsernameAttributes=["email"], AutoVerifiedAttributes=["email"]
        )
        self.pool_id = pool["UserPool"]["Id"]
        client = self.cognito.create_user_pool_client(
            UserPoolId=self.pool_id,
            ClientName="c",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        )
        self.client_id = client["UserPoolClient"]["ClientId"]
        self.line: LineStatus | None = None
        self.bridge = FakeBridge(ImportLeague=self._import, RunLine=self._run_line)

    def prepare(self, *options: str) -> Any:
        identity = {"UserPoolId": self.pool_id, "UserPoolClientId": self.client_id}
        others = {
            "identity": identity,
            "canary": {"UserParameterName": PARAMETER},
            "lobby": {"RunLineLiveArn": "RunLine"},
        }
        stacks = FakeStacks("prod", SERVICES | others)
        clients = {
            "cloudformation": stacks,
            "lambda": self.bridge,
            "cognito-idp": self.cognito,
            "ssm": self.ssm,
        }
        return calcutta(
            *("canary", "prepare", "--stage", "prod", *options),
            stage=Stage("prod", clients.__getitem__),
        )

    @property
    def parameter(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ssm.get_parameter(Name=PARAMETER, WithDecryption=True)
        return dict(found["Parameter"])

    @property
    def user(self) -> CanaryUser:
        return CanaryUser(**json.loads(self.parameter["Value"]))

    def signs_in(self) -> bool:
        try:
            self.cognito.initiate_auth(
                ClientId=self.client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": CANARY_EMAIL, "PASSWORD": self.user.password},
            )
        except self.cognito.exceptions.NotAuthorizedException:
            return False
        return True

    @property
    def orders(self) -> list[dict[str, Any]]:
        """What the lobby was told to do, but show its line."""
        told = [it["order"] for name, it in self.bridge.requests if name == "RunLine"]
        return [it for it in told if it["type"] != "status"]

    def _run_line(self, request: dict[str, Any]) -> LineReport:
        if request["order"]["type"] in ("open", "resume"):
            self.line = "open"
        if self.line is None:
            raise NotFound("this auction has no line")
        return LineReport(request["auction_id"], _serving(self.line), 1_200, late=0, extra=0)

    def _import(self, request: dict[str, Any]) -> LeagueImported:
        auction_id = f"auction-of-{request['import_id']}"
        return LeagueImported(league_id="synthetic-l", auction_id=auction_id, lots=1, members=1)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Prepared]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield Prepared()


def test_preparing_makes_a_user_who_can_sign_in_also_where_people_are(prepared: Prepared) -> None:
    done = prepared.prepare()
    assert done.exit_code == 0, done.output
    assert prepared.signs_in()
    assert prepared.parameter["Type"] == "SecureString"


def test_its_password_is_told_to_nobody(prepared: Prepared) -> None:
    said = prepared.prepare().output + prepared.prepare("--json").output
    assert prepared.user.password not in said


def test_its_league_is_synthetic_and_belongs_to_this_user(prepared: Prepared) -> None:
    prepared.prepare()
    [request] = [it for name, it in prepared.bridge.requests if name == "ImportLeague"]
    [user_id] = request["user_ids"].values()
    assert request["import_id"] == f"synthetic-{user_id}"
    assert prepared.user.auction_id == f"auction-of-synthetic-{user_id}"


def test_its_line_is_open_and_its_doors_have_always_been(prepared: Prepared) -> None:
    prepared.prepare()
    [order] = prepared.orders
    assert (order["type"], order["gather_at_ms"], order["doors_at_ms"]) == ("open", 0, 0)


def test_its_line_leads_to_a_room_where_it_is_one_of_the_public(prepared: Prepared) -> None:
    prepared.prepare()
    lines = {it["auction_id"] for name, it in prepared.bridge.requests if name == "RunLine"}
    assert lines == {public_id(prepared.user.auction_id)}


@pytest.mark.parametrize(
    ("status", "orders"),
    [("open", []), ("gathering", []), ("paused", ["resume"]), ("closed", ["open"])],
)
def test_a_line_that_is_there_is_opened_again_if_it_is_not_open(
    prepared: Prepared, status: LineStatus, orders: list[str]
) -> None:
    prepared.line = status
    prepared.prepare()
    assert [it["type"] for it in prepared.orders] == orders


def test_preparing_again_leaves_everything_as_it_is(prepared: Prepared) -> None:
    prepared.prepare()
    before = prepared.parameter
    prepared.prepare()
    assert prepared.parameter == before


def test_a_password_that_is_not_right_any_more_is_replaced(prepared: Prepared) -> None:
    prepared.prepare()
    prepared.cognito.admin_set_user_password(
        UserPoolId=prepared.pool_id, Username=CANARY_EMAIL, Password="Another-1", Permanent=True
    )
    assert not prepared.signs_in()
    prepared.prepare()
    assert prepared.signs_in()


@pytest.mark.parametrize("value", [None, "nonsense"])
def test_a_user_that_is_nowhere_kept_gets_a_new_password(
    prepared: Prepared, value: str | None
) -> None:
    prepared.prepare()
    if value is None:
        prepared.ssm.delete_parameter(Name=PARAMETER)
    else:
        prepared.ssm.put_parameter(Name=PARAMETER, Value=value, Overwrite=True)
    assert prepared.prepare().exit_code == 0
    assert prepared.signs_in()


def test_a_new_user_gets_a_new_league(prepared: Prepared) -> None:
    prepared.prepare()
    first = prepared.user.auction_id
    prepared.cognito.admin_delete_user(UserPoolId=prepared.pool_id, Username=CANARY_EMAIL)
    assert prepared.prepare().exit_code == 0
    assert prepared.user.auction_id != first
    assert prepared.signs_in()
