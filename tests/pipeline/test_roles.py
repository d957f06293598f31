"""What the roles of pipeline/ allow, read from their templates."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.policies import (
    ACCOUNT,
    REGION,
    ROOT,
    SECRET,
    actions,
    allows,
    listed,
    resolved,
    statements,
    template,
    wide,
)

TEMPLATES = ["boundary", "cloudformation-role", "deploy-role"]
PIPELINE = statements("deploy-role", "staging", "DeployPolicy", "ReleasePolicy", "RemovePolicy")
CLOUDFORMATION = statements("cloudformation-role", "staging")
BOUNDARY = statements("boundary", "staging")

WITHOUT_RESOURCES = {
    "cloudformation:ValidateTemplate",
    "cloudwatch:DescribeAlarms",
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    "ec2:UnassignPrivateIpAddresses",
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
"""Actions for which IAM knows no resource, or which are asked for on all."""
UNNAMED = (
    "/apis",
    "/tags",
    "userpool/*",
    "distribution/*",
    "origin-access-control/*",
    "response-headers-policy/*",
    "cache-policy/*",
    "event-source-mapping:*",
    "db-proxy:*",
    "target-group:*",
    "db:*",
    "security-group/*",
    "vpc/*",
    "execute-api",
)
"""Resources whose ARN has a random id in place of a name."""

STACK = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/calcutta-websocket-{{}}/1"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:calcutta-websocket-{{}}-placeBid"
LEDGER = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/calcutta-config-{{}}-ReleasesTable-1X"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/calcutta/{{}}/calcutta-websocket-PlaceBid-1X"
LIMIT = f"arn:aws:iam::{ACCOUNT}:policy/calcutta-staging-boundary"


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_and_the_actions_in_them_are_known_to_cloudformation_and_iam(name: str) -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), ROOT / "pipeline" / f"{name}.yml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("allowed", [PIPELINE, CLOUDFORMATION, BOUNDARY])
def test_no_action_is_a_wildcard(allowed: list[dict[str, object]]) -> None:
    assert allowed
    assert [it for it in actions(allowed) if "*" in it] == []
    assert [it for it in allowed if {"NotAction", "NotResource"} & set(it)] == []


@pytest.mark.parametrize("allowed", [PIPELINE, CLOUDFORMATION, BOUNDARY])
def test_only_what_knows_no_resource_is_allowed_on_all(allowed: list[dict[str, object]]) -> None:
    assert actions(list(wide(allowed))) - WITHOUT_RESOURCES == set()


@pytest.mark.parametrize("allowed", [PIPELINE, CLOUDFORMATION, BOUNDARY])
def test_every_other_resource_names_the_stage(allowed: list[dict[str, object]]) -> None:
    named = {resource for it in allowed for resource in listed(it["Resource"])} - {"*", SECRET}
    unnamed = {it for it in named if not re.search(r"\bstaging\b", it)}
    assert {it for it in unnamed if not any(part in it for part in UNNAMED)} == set()


def test_only_a_workflow_in_the_environment_may_take_the_role() -> None:
    role = template("deploy-role")["Resources"]["PipelineRole"]["Properties"]
    values = {"Repository": "o/r", "Environment": "prod"} | dict.fromkeys(
        ("AWS::Partition", "AWS::AccountId"), "x"
    )
    (statement,) = resolved(role["AssumeRolePolicyDocument"]["Statement"], values)
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    claims = "token.actions.githubusercontent.com"
    assert statement["Condition"] == {
        "StringEquals": {
            f"{claims}:aud": "sts.amazonaws.com",
            f"{claims}:sub": "repo:o/r:environment:prod",
        }
    }


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("cloudformation:CreateChangeSet", STACK),
        ("lambda:UpdateAlias", FUNCTION),
        ("lambda:DeleteFunction", FUNCTION + ":7"),
        ("dynamodb:PutItem", LEDGER),
        ("dynamodb:GetItem", LEDGER),
    ],
)
def test_staging_s_pipeline_reaches_staging_alone(action: str, resource: str) -> None:
    assert allows(PIPELINE, action, resource.format("staging"))
    for other in ("prod", "alice", "stagingx", "xstaging"):
        assert not allows(PIPELINE, action, resource.format(other))


def test_every_door_takes_the_same_names_of_stages() -> None:
    name = r"(?!bridge$)[a-z][a-z0-9]{0,27}"
    for it in TEMPLATES:
        assert template(it)["Parameters"]["Stage"]["AllowedPattern"] == name
    other = template("deploy-role")["Parameters"]["PassesAfter"]["AllowedPattern"]
    assert other == "([a-z][a-z0-9]{0,27})?"
    for door in ("plugins/stage-name.js", "cli/calcutta/stages.py"):
        assert name in (ROOT / door).read_text()


def test_a_dashboard_of_another_stage_is_not_touched() -> None:
    board = f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/calcutta-{{}}"
    assert allows(CLOUDFORMATION, "cloudwatch:PutDashboard", board.format("staging"))
    assert not allows(CLOUDFORMATION, "cloudwatch:PutDashboard", board.format("stagingx"))


def test_versions_are_pruned_and_functions_are_not_deleted_by_the_pipeline() -> None:
    assert allows(PIPELINE, "lambda:DeleteFunction", FUNCTION.format("staging") + ":7")
    assert not allows(PIPELINE, "lambda:DeleteFunction", FUNCTION.format("staging"))


def test_prod_s_pipeline_reads_staging_s_ledger_and_writes_only_its_own() -> None:
    allowed = statements("deploy-role", "prod", PassesAfter="staging")
    assert allows(allowed, "dynamodb:GetItem", LEDGER.format("staging"))
    assert not allows(allowed, "dynamodb:PutItem", LEDGER.format("staging"))
    assert allows(allowed, "dynamodb:PutItem", LEDGER.format("prod"))


def test_the_pipeline_makes_no_resources_itself() -> None:
    making = re.compile(r"(?!cloudformation:CreateChangeSet)\w+:(Create|AttachRole|PutRole)")
    assert [it for it in actions(PIPELINE) if making.match(it)] == []


def test_the_pipeline_hands_on_one_role_to_cloudformation_alone() -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/calcutta-staging-cloudformation"
    assert allows(
        PIPELINE, "iam:PassRole", role, iam__PassedToService="cloudformation.amazonaws.com"
    )
    assert not allows(PIPELINE, "iam:PassRole", role, iam__PassedToService="lambda.amazonaws.com")
    assert not allows(
        PIPELINE,
        "iam:PassRole",
        role.replace("staging", "prod"),
        iam__PassedToService="cloudformation.amazonaws.com",
    )


@pytest.mark.parametrize("action", ["iam:CreateRole", "iam:PutRolePolicy"])
def test_a_role_without_the_boundary_cannot_be_made(action: str) -> None:
    role = ROLE.format("staging")
    assert allows(CLOUDFORMATION, action, role, iam__PermissionsBoundary=LIMIT)
    assert not allows(CLOUDFORMATION, action, role, iam__PermissionsBoundary=None)
    assert not allows(
        CLOUDFORMATION, action, role, iam__PermissionsBoundary=LIMIT.replace("staging", "prod")
    )
    assert not allows(CLOUDFORMATION, action, ROLE.format("prod"), iam__PermissionsBoundary=LIMIT)


@pytest.mark.parametrize(
    "action",
    ["iam:DeleteRolePermissionsBoundary", "iam:AttachRolePolicy", "iam:CreatePolicyVersion"],
)
def test_nothing_widens_a_role_that_is_there(action: str) -> None:
    for resource in (ROLE.format("staging"), LIMIT):
        assert not allows(CLOUDFORMATION, action, resource, iam__PermissionsBoundary=LIMIT)


def test_a_made_role_is_handed_to_lambda_alone() -> None:
    role = ROLE.format("staging")
    assert allows(CLOUDFORMATION, "iam:PassRole", role, iam__PassedToService="lambda.amazonaws.com")
    assert not allows(
        CLOUDFORMATION, "iam:PassRole", role, iam__PassedToService="ec2.amazonaws.com"
    )


@pytest.mark.parametrize("role", ["calcutta-staging-pipeline", "calcutta-staging-cloudformation"])
def test_the_pipeline_s_own_roles_are_out_of_its_reach(role: str) -> None:
    own = f"arn:aws:iam::{ACCOUNT}:role/{role}"
    for action in actions(CLOUDFORMATION):
        if action.startswith("iam:"):
            keys = {
                "iam__PermissionsBoundary": LIMIT,
                "iam__PassedToService": "lambda.amazonaws.com",
            }
            assert not allows(CLOUDFORMATION, action, own, **keys)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_managed_policy_is_longer_than_iam_takes(name: str) -> None:
    for logical_id in of_type(name, "AWS::IAM::ManagedPolicy"):
        assert length(statements(name, "a" * 28, logical_id)) < 6_144


@pytest.mark.parametrize("name", ["cloudformation-role", "deploy-role"])
def test_a_role_s_own_policies_are_together_no_longer_than_iam_takes(name: str) -> None:
    own = of_type(name, "AWS::IAM::Policy")
    assert 0 < length(statements(name, "a" * 28, *own, PassesAfter="b" * 28)) < 10_240


def of_type(name: str, kind: str) -> list[str]:
    return [key for key, it in template(name)["Resources"].items() if it["Type"] == kind]


def length(allowed: list[dict[str, object]]) -> int:
    return len(json.dumps(allowed, separators=(",", ":")))


def test_the_rights_to_make_a_proxy_are_given_only_where_one_is_wanted() -> None:
    proxy = template("cloudformation-role")["Resources"]["ProxyPolicy"]
    others = of_type("cloudformation-role", "AWS::IAM::Policy")
    assert proxy["Condition"] == "MakesProxy"
    rest = actions(statements("cloudformation-role", "staging", *others))
    assert not {it for it in rest if it.startswith(("rds:", "ec2:Create", "ec2:Authorize"))}
