"""The HTTP API of the leagues in the bridge's template."""

from collections.abc import Callable

import pytest

from rds_bridge_service.logic.leagues.operations import OPERATIONS
from tests.packaging.services import Packaged
from tests.packaging.templates import functions_of, live_of
from tests.packaging.test_templates import API_LIMIT_S, LOGGED, VARIABLE

pytestmark = pytest.mark.xdist_group("packaging")


@pytest.fixture
def bridge(packaged_service: Callable[[str], Packaged]) -> Packaged:
    return packaged_service("rds-bridge")


def test_there_is_a_route_for_every_operation_behind_the_authorizer(bridge: Packaged) -> None:
    routes = dict(bridge.resources("AWS::ApiGatewayV2::Route")).values()
    assert sorted(it["RouteKey"] for it in routes) == sorted(it.route for it in OPERATIONS)
    assert {it["AuthorizationType"] for it in routes} == {"JWT"}


def test_tokens_are_those_of_the_stages_own_pool_and_client(bridge: Packaged) -> None:
    [(_, authorizer)] = bridge.resources("AWS::ApiGatewayV2::Authorizer")
    jwt = authorizer["JwtConfiguration"]
    assert jwt["Issuer"] == {"Fn::ImportValue": "calcutta-identity-prod-Issuer"}
    assert jwt["Audience"] == [{"Fn::ImportValue": "calcutta-identity-prod-UserPoolClientId"}]


def test_the_api_is_throttled_and_logs_no_addresses(bridge: Packaged) -> None:
    [(_, stage)] = bridge.resources("AWS::ApiGatewayV2::Stage")
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    assert set(VARIABLE.findall(stage["AccessLogSettings"]["Format"])) <= LOGGED


def test_a_permission_names_the_api_that_may_call(bridge: Packaged) -> None:
    permissions = dict(bridge.resources("AWS::Lambda::Permission"))
    assert permissions
    assert {name for name, it in permissions.items() if "SourceArn" not in it} == set()


def test_the_function_answers_before_the_api_gives_up(bridge: Packaged) -> None:
    assert functions_of(bridge.template)["ServeLeaguesLambdaFunction"]["Timeout"] < API_LIMIT_S


def test_notices_that_wait_are_looked_for_every_minute_by_the_live_alias(bridge: Packaged) -> None:
    [(_, rule)] = bridge.resources("AWS::Events::Rule")
    assert (rule["ScheduleExpression"], rule["State"]) == ("rate(1 minute)", "ENABLED")
    assert [live_of(it["Arn"]) for it in rule["Targets"]] == ["SendNoticesLambdaFunction"]
    [(_, asynchronous)] = bridge.resources("AWS::Lambda::EventInvokeConfig")
    assert (asynchronous["MaximumRetryAttempts"], asynchronous["Qualifier"]) == (0, "live")


def test_a_minute_is_longer_than_looking_takes(bridge: Packaged) -> None:
    """There is one at a time: the next would be turned away."""
    send_notices = functions_of(bridge.template)["SendNoticesLambdaFunction"]
    assert send_notices["ReservedConcurrentExecutions"] == 1
    assert send_notices["Timeout"] < 60
