"""A stage whose functions speak to an RDS Proxy, and what the database has to bear without one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from cfnlint.api import ManualArgs, lint_file

from tests.packaging.services import ROOT, STAGE, Packaged, package
from tests.packaging.templates import allowed_statements, functions_of
from tests.packaging.test_templates import HARMLESS

pytestmark = pytest.mark.xdist_group("packaging")

MOST_CONNECTIONS = 40
"""Half of what the smallest database takes: 85, MySQL with 1 GiB. The README adds it up."""

ENDPOINT = {"Fn::GetAtt": ["DatabaseProxy", "Endpoint"]}


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    packaged = package(
        "rds-bridge", tmp_path_factory.mktemp("proxy"), STAGE, params=["databaseProxy=rds"]
    )
    assert not packaged.failure, packaged.failure
    return packaged


@pytest.fixture
def direct(packaged_service: Callable[[str], Packaged]) -> Packaged:
    return packaged_service("rds-bridge")


def hosts(packaged: Packaged) -> list[Any]:
    functions = functions_of(packaged.template).values()
    variables = [it["Environment"]["Variables"] for it in functions]
    return [it["DATABASE_HOST"] for it in variables if "DATABASE_HOST" in it]


def test_by_default_there_is_no_proxy(direct: Packaged) -> None:
    assert not [it for it in direct.template["Resources"] if it.startswith("DatabaseProxy")]
    assert {str(it) for it in hosts(direct)} == {"{'Ref': 'DatabaseHost'}"}


def test_cfn_lint_has_nothing_to_say_of_the_proxy(behind_proxy: Packaged) -> None:
    arguments = ManualArgs(regions=["us-east-1"], ignore_checks=list(HARMLESS))
    assert [str(it) for it in lint_file(behind_proxy.template_path, config=arguments)] == []


def test_behind_a_proxy_every_function_speaks_to_it(
    behind_proxy: Packaged, direct: Packaged
) -> None:
    assert hosts(behind_proxy) == [ENDPOINT] * len(hosts(direct))
    assert "DatabaseHost" not in behind_proxy.template["Parameters"]


def test_the_proxy_takes_no_connection_without_tls(behind_proxy: Packaged) -> None:
    ((_, proxy),) = behind_proxy.resources("AWS::RDS::DBProxy")
    assert proxy["RequireTLS"] is True


def test_the_proxys_role_may_read_the_one_secret_and_nothing_else(behind_proxy: Packaged) -> None:
    role = behind_proxy.template["Resources"]["DatabaseProxyRole"]
    (policy,) = role["Properties"]["Policies"]
    statements = list(allowed_statements(policy))
    assert [(it["Action"], it["Resource"]) for it in statements] == [
        (["secretsmanager:GetSecretValue"], {"Ref": "DatabaseSecretArn"})
    ]
    (trust,) = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "rds.amazonaws.com"}


def test_only_the_functions_reach_the_proxy_and_it_only_the_database(
    behind_proxy: Packaged,
) -> None:
    ((_, group),) = behind_proxy.resources("AWS::EC2::SecurityGroup")
    ways = [*group["SecurityGroupIngress"], *group["SecurityGroupEgress"]]
    assert {(it["FromPort"], it["ToPort"]) for it in ways} == {(1433, 1433)}
    assert not [it for it in ways if "CidrIp" in it or "CidrIpv6" in it]


def test_all_connections_together_are_few_enough_for_a_small_database(direct: Packaged) -> None:
    functions = functions_of(direct.template).values()
    speak_sql = [it for it in functions if "DATABASE_HOST" in it["Environment"]["Variables"]]
    together = sum(it["ReservedConcurrentExecutions"] for it in speak_sql)
    assert together <= MOST_CONNECTIONS
    for document in ("README.md", "serverless.yml"):
        text = (ROOT / "services" / "rds-bridge" / document).read_text(encoding="utf-8")
        assert re.findall(r"together at most (\d+)", text) == [str(together)], document


def test_the_queue_asks_for_no_more_than_there_is(direct: Packaged) -> None:
    """A message that is throttled counts as received."""
    apply = functions_of(direct.template)["ApplyLambdaFunction"]
    for _, mapping in direct.resources("AWS::Lambda::EventSourceMapping"):
        most = mapping["ScalingConfig"]["MaximumConcurrency"]
        assert most <= apply["ReservedConcurrentExecutions"]


def test_the_authorities_are_in_the_zip(direct: Packaged) -> None:
    name = "rds_bridge_service/adapters/servers/authorities.pem"
    assert name in {it.filename for it in direct.zipped}
