"""Whether the pipeline's CloudFormation role can make what the templates say, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from tests.packaging.services import SERVICES, Packaged
from tests.packaging.templates import allowed_statements, listed
from tests.pipeline.policies import REGION, actions, statements, template

pytestmark = pytest.mark.xdist_group("packaging")

NOT_USED = {
    "keys of one's own (KMS); tables, queues and logs have AWS's": ("kms:", "logs:AssociateKmsKey"),
    "file systems": ("elasticfilesystem:", "s3files:"),
    "code signing": ("lambda:GetCodeSigningConfig", "lambda:PutFunctionCodeSigningConfig"),
    "signing taken off": ("lambda:DeleteFunctionCodeSigningConfig",),
    "layers": ("lambda:GetLayerVersion",),
    "managed instances": ("lambda:PassCapacityProvider", "lambda:PutFunctionScalingConfig"),
    "runtimes by alias": ("lambda:AssociateRuntimeAlias",),
    "deployments by CodeDeploy": ("codedeploy:",),
    "imports, replicas, Kinesis, insights and resource policies of tables": (
        "dynamodb:AssociateTableReplica",
        "dynamodb:CreateTableReplica",
        "dynamodb:DeleteResourcePolicy",
        "dynamodb:DescribeImport",
        "dynamodb:DisableKinesisStreamingDestination",
        "dynamodb:EnableKinesisStreamingDestination",
        "dynamodb:ImportTable",
        "dynamodb:PutResourcePolicy",
        "dynamodb:UpdateContributorInsights",
        "dynamodb:UpdateKinesisStreamingDestination",
        "kinesis:",
        "s3:GetObjectMetadata",
        "s3:ListBucket",
    ),
    "actions that IAM does not have, whatever the list says": (
        "apigateway:TagResource",
        "apigateway:UntagResource",
        "cloudfront:CreateDistributionWithTags",
        "s3:DeleteBucketEncryption",
    ),
    "the items of tables, which are nobody's business in a deploy": (
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
    ),
    "log streams, which functions make themselves": (
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
    ),
    "other features of log groups": (
        "firehose:",
        "logs:DeleteDataProtectionPolicy",
        "logs:DeleteIndexPolicy",
        "logs:DeleteResourcePolicy",
        "logs:DisassociateKmsKey",
        "logs:PutBearerTokenAuthentication",
        "logs:PutDataProtectionPolicy",
        "logs:PutIndexPolicy",
        "logs:PutLogGroupDeletionProtection",
        "s3:REST.PUT.OBJECT",
    ),
    "managed policies and roles without a boundary (plugins/pipeline.js sees to that)": (
        "iam:AttachRolePolicy",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DetachRolePolicy",
    ),
    "everything else that a bucket can do": (
        "s3:CreateBucketMetadata",
        "s3:DeleteBucketAnalytics",
        "s3:DeleteBucketCors",
        "s3:DeleteBucketLifecycle",
        "s3:DeleteBucketMet",
        "s3:DeleteBucketReplication",
        "s3:DeleteBucketWebsite",
        "s3:DeleteObject",
        "s3:PutAccelerate",
        "s3:PutAnalytics",
        "s3:PutBucketAbac",
        "s3:PutBucketAcl",
        "s3:PutBucketCORS",
        "s3:PutBucketLogging",
        "s3:PutBucketNotification",
        "s3:PutBucketObjectLock",
        "s3:PutBucketReplication",
        "s3:PutBucketVersioning",
        "s3:PutBucketWebsite",
        "s3:PutIntelligentTiering",
        "s3:PutInventory",
        "s3:PutLifecycle",
        "s3:PutMetrics",
        "s3:PutObject",
        "s3:PutReplication",
        "s3:UpdateBucketMetadata",
        "s3tables:",
    ),
    "what else a CDN can do": (
        "cloudfront:CreateConnectionGroup",
        "cloudfront:GetConnectionGroup",
        "cloudfront:GetVpcOrigin",
        "cloudfront:UpdateDistributionWithStagingConfig",
    ),
    "subscriptions that write to Firehose, and policies on what a topic carries": (
        "iam:GetRole",
        "sns:PutDataProtectionPolicy",
    ),
    "roles that AWS makes for itself": ("iam:CreateServiceLinkedRole",),
    "APIs described by a file in a bucket": ("s3:getObject",),
}
"""What CloudFormation's own list asks for that only a feature that we do not use needs."""

NOT_LISTED = {
    "lambda:GetFunctionConfiguration",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "ssm:GetParameters",
}
"""What is needed although no resource type's list says so: the access logs of an HTTP API ("Logging
for HTTP APIs" in API Gateway's guide), and parameters of the type AWS::SSM::Parameter::Value."""

OF_A_PROXY = (
    "AWS::RDS::DBProxy",
    "AWS::RDS::DBProxyTargetGroup",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
)
NOT_OF_A_DOOR = {"ec2:DescribeInstances"}
"""Whose instances use a security group is asked outside of a VPC only."""

ARTIFACTS = "ServerlessDeploymentBucket"
"""A pipeline deploys through a bucket of its own, so that osls puts none into a stack."""


def needed(resource_type: str) -> set[str]:
    """What CloudFormation calls to make, change and delete a resource, by its own registry."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, resource_type).schema
    handlers = {name: it for name, it in schema["handlers"].items() if name != "list"}
    return {action for it in handlers.values() for action in it["permissions"]}


def is_used(action: str) -> bool:
    return not action.startswith(tuple(it for unused in NOT_USED.values() for it in unused))


def types(packaged_service: Callable[[str], Packaged]) -> set[str]:
    return {
        resource["Type"]
        for service in SERVICES
        for name, resource in packaged_service(service).template["Resources"].items()
        if not name.startswith(ARTIFACTS)
    }


def test_cloudformation_may_make_every_resource_of_every_service(
    packaged_service: Callable[[str], Packaged],
) -> None:
    allowed = actions(statements("cloudformation-role", "prod"))
    lacking = {
        kind: sorted(it for it in needed(kind) - allowed if is_used(it))
        for kind in types(packaged_service)
    }
    assert {kind: it for kind, it in lacking.items() if it} == {}


def test_cloudformation_may_do_nothing_that_no_resource_needs(
    packaged_service: Callable[[str], Packaged],
) -> None:
    own = [it for it in template("cloudformation-role")["Resources"] if it != "ProxyPolicy"]
    allowed = actions(statements("cloudformation-role", "prod", *own))
    asked_for = {action for kind in types(packaged_service) for action in needed(kind)}
    assert allowed - asked_for - NOT_LISTED == set()


def test_where_a_proxy_is_wanted_cloudformation_may_make_it_and_no_more() -> None:
    asked_for = {action for kind in OF_A_PROXY for action in needed(kind)}
    assert asked_for - actions(statements("cloudformation-role", "prod")) == NOT_OF_A_DOOR
    assert actions(statements("cloudformation-role", "prod", "ProxyPolicy")) - asked_for == set()


def test_the_boundary_lets_every_function_do_what_its_role_says(
    packaged_service: Callable[[str], Packaged],
) -> None:
    within = actions(statements("boundary", "prod"))
    said = {
        str(action)
        for service in SERVICES
        for role in roles(packaged_service(service).template)
        for it in allowed_statements(role)
        for action in listed(it["Action"])
    }
    assert said - {"sts:AssumeRole"} - within == set()


def roles(template: dict[str, Any]) -> list[dict[str, Any]]:
    return [it for it in template["Resources"].values() if it["Type"] == "AWS::IAM::Role"]
