"""What of a stage is in the account, found by the names that its deploy gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from botocore.exceptions import ClientError

from calcutta.stages import Stage

PARAMETERS = "/calcutta/{stage}/"
_API_LOGS = ("/aws/http-api/", "/aws/websocket/")
_FUNCTION = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True)
class Remains:
    """Attributes:
    stacks: names, in the order in which they can be deleted.
    log_groups: of its functions and APIs; Lambda makes one again after its stack is gone.
    parameters: names of the stage's Systems Manager parameters.
    """

    stacks: tuple[str, ...]
    log_groups: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.stacks + self.log_groups + self.parameters


def remains_of(stage: Stage, services: Sequence[str]) -> Remains:
    """What there is of a stage.

    Args:
        services: in the order in which they are deployed.
    """
    stacks = tuple(f"calcutta-{service}-{stage.name}" for service in services)
    return Remains(
        stacks=tuple(name for name in reversed(stacks) if _exists(stage, name)),
        log_groups=tuple(group for stack in stacks for group in _log_groups(stage, stack)),
        parameters=tuple(_parameters(stage)),
    )


def _exists(stage: Stage, stack: str) -> bool:
    try:
        stage.client("cloudformation").describe_stacks(StackName=stack)
    except ClientError as error:
        if "does not exist" not in error.response["Error"]["Message"]:
            raise
        return False
    return True


def _log_groups(stage: Stage, stack: str) -> Iterator[str]:
    of_functions = f"/aws/lambda/{stack}-"
    for name in _groups_from(stage, of_functions):
        if _FUNCTION.fullmatch(name.removeprefix(of_functions)):
            yield name
    for prefix in _API_LOGS:
        yield from (name for name in _groups_from(stage, prefix + stack) if name == prefix + stack)


def _groups_from(stage: Stage, prefix: str) -> Iterator[str]:
    pages = stage.client("logs").get_paginator("describe_log_groups")
    for page in pages.paginate(logGroupNamePrefix=prefix):
        yield from (group["logGroupName"] for group in page["logGroups"])


def _parameters(stage: Stage) -> Iterator[str]:
    pages = stage.client("ssm").get_paginator("get_parameters_by_path")
    for page in pages.paginate(Path=PARAMETERS.format(stage=stage.name), Recursive=True):
        yield from (parameter["Name"] for parameter in page["Parameters"])
