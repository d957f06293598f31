"""The HTTP API of the leagues in the bridge's template."""

from collections.abc import Callable

import pytest

from rds_bridge_service.logic.leagues.operations import OPERATIONS
from tests.packaging.services import Packaged
from tests.packaging.templates import functions_of
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
