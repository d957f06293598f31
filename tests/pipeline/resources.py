"""Everything that is in an account, over all services that a deploy makes something in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Client = Callable[[str], Any]

LISTS = {
    "cloudformation": ("list_stacks", "StackSummaries", "StackId"),
    "dynamodb": ("list_tables", "TableNames", None),
    "lambda": ("list_functions", "Functions", "FunctionArn"),
    "sqs": ("list_queues", "QueueUrls", None),
    "sns": ("list_topics", "Topics", "TopicArn"),
    "logs": ("describe_log_groups", "logGroups", "logGroupName"),
    "events": ("list_rules", "Rules", "Arn"),
    "apigatewayv2": ("get_apis", "Items", "ApiId"),
    "ssm": ("describe_parameters", "Parameters", "Name"),
    "secretsmanager": ("list_secrets", "SecretList", "ARN"),
    "s3": ("list_buckets", "Buckets", "Name"),
}


def everything(client: Client) -> set[str]:
    """The names or ARNs of all there is, each after its service."""
    found = {f"{service}: {name}" for service in LISTS for name in _listed(client, service)}
    return found | {f"{kind}: {name}" for kind, name in _others(client)}


def _listed(client: Client, service: str) -> Iterator[str]:
    operation, key, name = LISTS[service]
    answer = getattr(client(service), operation)()
    for it in answer.get(key, ()):
        if service == "cloudformation" and it["StackStatus"] == "DELETE_COMPLETE":
            continue
        yield it if name is None else it[name]


def _others(client: Client) -> Iterator[tuple[str, str]]:
    for role in client("iam").list_roles()["Roles"]:
        yield "role", role["Arn"]
    for policy in client("iam").list_policies(Scope="Local")["Policies"]:
        yield "policy", policy["Arn"]
    for mapping in client("lambda").list_event_source_mappings()["EventSourceMappings"]:
        yield "event source mapping", mapping["UUID"]
    for pool in client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]:
        yield "user pool", pool["Id"]
    watching = client("cloudwatch")
    for alarm in watching.describe_alarms()["MetricAlarms"]:
        yield "alarm", alarm["AlarmName"]
    for dashboard in watching.list_dashboards()["DashboardEntries"]:
        yield "dashboard", dashboard["DashboardName"]
    for subscription in client("sns").list_subscriptions()["Subscriptions"]:
        yield "subscription", subscription["SubscriptionArn"]
    cdn = client("cloudfront")
    for name, operation, key in (
        ("distribution", "list_distributions", "DistributionList"),
        ("access control", "list_origin_access_controls", "OriginAccessControlList"),
    ):
        for it in getattr(cdn, operation)()[key].get("Items", ()):
            yield name, it["Id"]
    headers = cdn.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"]
    for it in headers.get("Items", ()):
        yield "headers", it["ResponseHeadersPolicy"]["Id"]
    for version in _versions(client):
        yield "version", version


def _versions(client: Client) -> Iterator[str]:
    functions = client("lambda")
    for function in functions.list_functions()["Functions"]:
        listed = functions.list_versions_by_function(FunctionName=function["FunctionName"])
        yield from (it["FunctionArn"] for it in listed["Versions"])
