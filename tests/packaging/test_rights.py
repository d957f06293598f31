from collections.abc import Callable
from typing import Any

import pytest

from tests.packaging.services import Packaged
from tests.packaging.templates import allowed_statements, functions_of, listed, live_of

pytestmark = pytest.mark.xdist_group("packaging")

WITHOUT_RESOURCES = {
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
}
"""Actions that need `*`: IAM knows no resource for them, or Lambda asks for them on all."""

TRACE = "xray:PutTraceSegments"
JOIN_VPC = "ec2:CreateNetworkInterface"


def actions_of(statement: dict[str, Any]) -> list[str]:
    return [str(it) for it in listed(statement["Action"])]


def statements_about(template: dict[str, Any], action: str) -> list[dict[str, Any]]:
    return [it for it in allowed_statements(template) if action in actions_of(it)]


def roles_that_may(artifact: Packaged, action: str) -> set[str]:
    roles = artifact.template["Resources"]
    return {
        name
        for name, _ in artifact.resources("AWS::IAM::Role")
        for statement in allowed_statements(roles[name])
        if action in actions_of(statement)
    }


def is_live_alias(resource: Any, functions: set[str]) -> bool:
    match resource:
        case {"Fn::ImportValue": str(name)}:
            return name.endswith("LiveArn")
    return live_of(resource) in functions


def test_no_statement_allows_actions_by_a_wildcard(artifact: Packaged) -> None:
    statements = list(allowed_statements(artifact.template))
    assert statements
    assert [it for it in statements if any("*" in action for action in actions_of(it))] == []


def test_no_statement_allows_everything_but_something(packaged: Packaged) -> None:
    statements = allowed_statements(packaged.template)
    assert [it for it in statements if {"NotAction", "NotResource"} & set(it)] == []


def test_only_actions_that_know_no_resource_are_allowed_on_all(artifact: Packaged) -> None:
    on_all = [
        it for it in allowed_statements(artifact.template) if "*" in listed(it.get("Resource"))
    ]
    allowed = {action for it in on_all for action in actions_of(it)}
    assert allowed - WITHOUT_RESOURCES == set()


def test_each_function_has_a_role_of_its_own_and_there_is_no_other(artifact: Packaged) -> None:
    functions = functions_of(artifact.template)
    roles = [it["Role"]["Fn::GetAtt"][0] for it in functions.values()]
    assert len(set(roles)) == len(functions)
    assert {name for name, _ in artifact.resources("AWS::IAM::Role")} == set(roles)


def test_only_lambda_may_take_a_functions_role(artifact: Packaged) -> None:
    trusted = {
        tuple(statement["Principal"]["Service"])
        for _, role in artifact.resources("AWS::IAM::Role")
        for statement in role["AssumeRolePolicyDocument"]["Statement"]
    }
    assert trusted == {("lambda.amazonaws.com",)}


def test_a_role_has_neither_managed_policies_nor_a_name_that_could_be_too_long(
    artifact: Packaged,
) -> None:
    for _, role in artifact.resources("AWS::IAM::Role"):
        assert not {"ManagedPolicyArns", "RoleName"} & set(role)


def test_only_functions_in_the_vpc_may_join_it(artifact: Packaged) -> None:
    functions = functions_of(artifact.template).values()
    in_vpc = {it["Role"]["Fn::GetAtt"][0] for it in functions if "VpcConfig" in it}
    assert roles_that_may(artifact, JOIN_VPC) == in_vpc


def test_every_function_is_traced_and_may_write_its_traces(artifact: Packaged) -> None:
    functions = functions_of(artifact.template).values()
    assert {it["TracingConfig"]["Mode"] for it in functions} == {"Active"}
    assert {it["Environment"]["Variables"]["TRACING"] for it in functions} == {"on"}
    assert roles_that_may(artifact, TRACE) == {it["Role"]["Fn::GetAtt"][0] for it in functions}


def test_a_function_may_invoke_others_only_by_their_live_alias(
    packaged_service: Callable[[str], Packaged],
) -> None:
    template = packaged_service("websocket").template
    statements = statements_about(template, "lambda:InvokeFunction")
    resources = [resource for it in statements for resource in listed(it["Resource"])]
    assert resources
    functions = set(functions_of(template))
    assert [it for it in resources if not is_live_alias(it, functions)] == []


def test_a_permission_names_the_api_that_may_call(
    packaged_service: Callable[[str], Packaged],
) -> None:
    permissions = packaged_service("websocket").resources("AWS::Lambda::Permission")
    assert {name for name, it in permissions if "SourceArn" not in it} == set()
