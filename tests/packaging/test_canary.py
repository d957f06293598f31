"""The canary's schedule and its alarm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from canary_service.logic.schedule import PERIOD_MS
from canary_service.logic.steps import WHOLE_S
from canary_service.wiring import PATIENCE
from shared.client.endpoint import CLOSE_S
from tests.packaging.services import STAGE, Packaged
from tests.packaging.templates import functions_of, live_of

pytestmark = pytest.mark.xdist_group("packaging")

CALLERS_PATIENCE_S = 60
"""How long botocore waits for an answer if nobody says otherwise."""


@pytest.fixture
def canary(packaged_service: Callable[[str], Packaged]) -> Packaged:
    return packaged_service("canary")


@pytest.fixture
def alarm(canary: Packaged) -> dict[str, Any]:
    [(_, properties)] = canary.resources("AWS::CloudWatch::Alarm")
    return properties


def check_auction(canary: Packaged) -> dict[str, Any]:
    return functions_of(canary.template)["CheckAuctionLambdaFunction"]


def test_a_check_every_five_minutes_by_the_live_alias(canary: Packaged) -> None:
    [(_, rule)] = canary.resources("AWS::Events::Rule")
    assert (rule["ScheduleExpression"], rule["State"]) == ("rate(5 minutes)", "ENABLED")
    assert PERIOD_MS == 5 * 60_000
    assert [live_of(it["Arn"]) for it in rule["Targets"]] == ["CheckAuctionLambdaFunction"]


def test_a_failed_check_is_not_repeated_before_its_time(canary: Packaged) -> None:
    [(_, asynchronous)] = canary.resources("AWS::Lambda::EventInvokeConfig")
    assert asynchronous["MaximumRetryAttempts"] == 0
    assert asynchronous["Qualifier"] == "live"


def test_the_alarm_counts_the_errors_of_what_is_live(alarm: dict[str, Any]) -> None:
    assert alarm["AlarmName"] == f"calcutta-{STAGE}-canary"
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Errors")
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 1)
    assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
    of = {it["Name"]: it["Value"] for it in alarm["Dimensions"]}
    assert of == {
        "FunctionName": {"Ref": "CheckAuctionLambdaFunction"},
        "Resource": {"Fn::Sub": "${CheckAuctionLambdaFunction}:live"},
    }


def test_silence_rings_the_alarm_as_failure_does(alarm: dict[str, Any]) -> None:
    """Lambda reports errors, be it none, with each invocation: without any there is no number."""
    assert alarm["TreatMissingData"] == "breaching"


def test_a_run_that_slips_into_the_next_period_rings_nothing(alarm: dict[str, Any]) -> None:
    assert alarm["Period"] == 300
    assert 1 < alarm["DatapointsToAlarm"] < alarm["EvaluationPeriods"]


def test_the_lambda_outlives_a_check_and_its_callers_outlive_the_lambda(canary: Packaged) -> None:
    timeout = check_auction(canary)["Timeout"]
    # a call that was given up ends by itself, and the connection says goodbye
    assert WHOLE_S + CLOSE_S + PATIENCE.read_timeout < timeout < CALLERS_PATIENCE_S


def test_it_reads_one_parameter_and_calls_two_functions(canary: Packaged) -> None:
    [(_, role)] = canary.resources("AWS::IAM::Role")
    statements = [
        statement
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    own = [it for it in statements if not it["Action"][0].startswith(("logs:", "xray:"))]
    assert sorted(it["Action"][0] for it in own) == [
        "lambda:InvokeFunction",
        "lambda:InvokeFunction",
        "ssm:GetParameter",
    ]
    [parameter] = [it["Resource"] for it in own if it["Action"] == ["ssm:GetParameter"]]
    assert parameter["Fn::Sub"].endswith(f":parameter/calcutta/{STAGE}/canary/user")


def test_it_is_outside_the_vpc_like_a_bidder(canary: Packaged) -> None:
    assert "VpcConfig" not in check_auction(canary)
