"""Taking a stage down: its stacks and all that they leave behind."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from botocore.exceptions import ClientError

from calcutta.problems import Problem
from calcutta.stage.checkout import OnLine
from calcutta.stage.remains import Remains, remains_of
from calcutta.stages import Stage

POLL_S = 1.0
_PARAMETERS_A_CALL = 10


def take_down(stage: Stage, services: Sequence[str], found: Remains, say: OnLine) -> None:
    """Delete what was found, stack by stack, and make sure that nothing is left.

    It can be interrupted and run again. Deleting a stack that has functions in a VPC takes up to
    40 minutes: CloudFormation waits for their network interfaces.

    Raises:
        Problem: this is a promoted stage, a stack could not be deleted, or something is left.
    """
    refuse_promoted(stage)
    for stack in found.stacks:
        say(f"deleting {stack}")
        for bucket in _buckets(stage, stack):
            _empty(stage, bucket)
        _delete(stage, stack)
    after = remains_of(stage, services)
    for group in after.log_groups:
        stage.client("logs").delete_log_group(logGroupName=group)
    _delete_parameters(stage, after.parameters)
    if left := remains_of(stage, services).names:
        raise Problem(f"still there: {', '.join(left)}; run the same command again")


def refuse_promoted(stage: Stage) -> None:
    """
    Raises:
        Problem: real people's data is in there.
    """
    if stage.is_promoted:
        raise Problem(
            f"stage {stage.name} keeps the data of real people and is never taken down by a command"
            "; docs/pipeline.md says what it takes"
        )


def _buckets(stage: Stage, stack: str) -> Iterator[str]:
    pages = stage.client("cloudformation").get_paginator("list_stack_resources")
    for page in pages.paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            gone = resource["ResourceStatus"] == "DELETE_COMPLETE"
            if resource["ResourceType"] == "AWS::S3::Bucket" and not gone:
                yield resource["PhysicalResourceId"]


def _empty(stage: Stage, bucket: str) -> None:
    s3 = stage.client("s3")
    try:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            objects = [
                {"Key": it["Key"], "VersionId": it["VersionId"]}
                for it in page.get("Versions", []) + page.get("DeleteMarkers", [])
            ]
            if objects:
                s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
    except s3.exceptions.NoSuchBucket:
        return


def _delete(stage: Stage, stack: str) -> None:
    cloudformation = stage.client("cloudformation")
    # by its id a stack can still be described when it is gone
    stack_id = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackId"]
    cloudformation.delete_stack(StackName=stack_id)
    while (status := _status(cloudformation, stack_id)) != "DELETE_COMPLETE":
        if status == "DELETE_FAILED":
            raise Problem(f"{stack} could not be deleted: {_reason(cloudformation, stack_id)}")
        time.sleep(POLL_S)


def _status(cloudformation: Any, stack_id: str) -> str:
    try:
        found = cloudformation.describe_stacks(StackName=stack_id)["Stacks"]
    except ClientError as error:
        if "does not exist" not in error.response["Error"]["Message"]:
            raise
        return "DELETE_COMPLETE"
    status: str = found[0]["StackStatus"]
    return status


def _reason(cloudformation: Any, stack_id: str) -> str:
    """What the first resource that could not be deleted said; events come newest first."""
    events = cloudformation.describe_stack_events(StackName=stack_id)["StackEvents"]
    failed = [it for it in events if it["ResourceStatus"] == "DELETE_FAILED"]
    if not failed:
        return "CloudFormation does not say why"
    last = failed[-1]
    return f"{last['LogicalResourceId']}: {last.get('ResourceStatusReason', 'no reason given')}"


def _delete_parameters(stage: Stage, names: Sequence[str]) -> None:
    for start in range(0, len(names), _PARAMETERS_A_CALL):
        stage.client("ssm").delete_parameters(Names=names[start : start + _PARAMETERS_A_CALL])
