"""What is deployed, by what the stacks of a stage say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calcutta.problems import Problem
from calcutta.release.adapters.aliases import function_arn, published_versions
from calcutta.release.logic.records import Function
from calcutta.release.parallel import all_of
from calcutta.stages import Stage

SERVICES = (
    *("config", "identity", "rds-bridge", "websocket", "lobby"),
    *("canary", "operations", "web"),
)
"""Those of serverless-compose.yml (a test compares)."""

_LIVE_ARN = "LiveArn"
_DEPLOYED = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"}


def live_arns(stage: Stage) -> dict[str, str]:
    """The ARNs of all aliases `live`, by key. Raises Problem if a stack is missing."""
    return {
        f"{service}/{output.removesuffix(_LIVE_ARN)}": arn
        for service in SERVICES
        for output, arn in stage.outputs(service).items()
        if output.endswith(_LIVE_ARN)
    }


def refuse_while_deploying(stage: Stage) -> None:
    """Raises Problem if a stack is missing or changing."""
    for service in SERVICES:
        stack = stage.stack(service)
        if stack["StackStatus"].endswith("_IN_PROGRESS"):
            raise Problem(
                f"stack {stack['StackName']} is being deployed ({stack['StackStatus']}): "
                "try again when it is done"
            )


def refuse_failed_deploys(stage: Stage) -> None:
    """Raises Problem if a stack is not as its latest deploy wanted it."""
    for service in SERVICES:
        stack = stage.stack(service)
        if stack["StackStatus"] not in _DEPLOYED:
            raise Problem(
                f"the latest deploy of stack {stack['StackName']} failed "
                f"({stack['StackStatus']}): {_again(stage)}"
            )


def read_functions(stage: Stage) -> dict[str, Function]:
    """Every function as the latest deploy left it.

    Raises:
        Problem: what the stacks say is not the newest that Lambda has; it was changed by hand, or
            a deploy is under way.
    """
    refuse_while_deploying(stage)
    refuse_failed_deploys(stage)
    arns = live_arns(stage)
    by_arn = {arn: key for key, arn in arns.items()}
    client = stage.client("lambda")
    versions = _stack_versions(stage)

    def read(key: str) -> Function:
        function = function_arn(arns[key])
        version = versions.get(function)
        if version is None:
            raise Problem(f"no stack has a version of {key}: {_again(stage)}")
        newest = max(published_versions(client, function), key=int, default=version)
        if newest != version:
            raise Problem(
                f"{key} has a version {newest} that its stack does not know "
                f"(version {version}): {_again(stage)}"
            )
        found = client.get_function_configuration(FunctionName=function, Qualifier=version)
        code = found["CodeSha256"]
        if client.get_function_configuration(FunctionName=function)["CodeSha256"] != code:
            raise Problem(f"{key} has code that is not of its version {version}: {_again(stage)}")
        environment = found.get("Environment", {}).get("Variables", {})
        return Function(version, code, _calls(environment, by_arn))

    return dict(sorted(all_of(read, arns).items()))


def _stack_versions(stage: Stage) -> dict[str, str]:
    """The version of each function that is a resource of its stack, by the function's ARN."""
    versions: dict[str, str] = {}
    pages = stage.client("cloudformation").get_paginator("list_stack_resources")
    for service in SERVICES:
        for page in pages.paginate(StackName=stage.stack(service)["StackName"]):
            for resource in page["StackResourceSummaries"]:
                if resource["ResourceType"] == "AWS::Lambda::Version":
                    function, _, version = resource["PhysicalResourceId"].rpartition(":")
                    versions[function] = max(version, versions.get(function, version), key=int)
    return versions


def _calls(environment: Mapping[str, Any], by_arn: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({by_arn[value] for value in environment.values() if value in by_arn}))


def _again(stage: Stage) -> str:
    return f"deploy it again: serverless deploy --stage {stage.name}"
