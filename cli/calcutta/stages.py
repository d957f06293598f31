"""A stage, found through the outputs of its CloudFormation stacks."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError

from calcutta.problems import Problem

LOCAL = "local"
PROMOTED = ("staging", "prod")
"""Stages with real people, in which nobody signs in as somebody else."""

_NAME = re.compile(r"(?!bridge$)[a-z][a-z0-9]{0,27}")
"""Longer, and a function's name would pass Lambda's 64 characters. With a dash, or as the end of a
service's name, rights and alarms of one stage, which go by names, would take in another's."""
_ENDPOINT = "AWS_ENDPOINT_URL"

Clients = Callable[[str], Any]
"""A boto3 client by the name of its service."""


class Stage:
    """One deployment.

    Args:
        clients: makes the AWS clients of the stage's account.
    """

    def __init__(self, name: str, clients: Clients) -> None:
        self.name = name
        self._clients = clients
        self._stacks: dict[str, dict[str, Any]] = {}

    @property
    def is_promoted(self) -> bool:
        return self.name in PROMOTED

    def client(self, service: str) -> Any:
        return self._clients(service)

    def output(self, service: str, key: str) -> str:
        """What the stack of one of our services says about itself.

        Raises:
            Problem: the stack is not there, or is too old to say so.
        """
        try:
            return self.outputs(service)[key]
        except KeyError:
            raise Problem(
                f"stack calcutta-{service}-{self.name} has no output {key}; "
                f"deploy it again: serverless deploy --stage {self.name}"
            ) from None

    def outputs(self, service: str) -> dict[str, str]:
        """All that it says about itself. Raises Problem if the stack is not there."""
        outputs = self.stack(service).get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def stack(self, service: str) -> dict[str, Any]:
        """The stack of one of our services, as CloudFormation describes it.

        Raises:
            Problem: it is not there.
        """
        if service not in self._stacks:
            self._stacks[service] = self._describe(f"calcutta-{service}-{self.name}")
        return self._stacks[service]

    def _describe(self, stack_name: str) -> dict[str, Any]:
        try:
            answer = self.client("cloudformation").describe_stacks(StackName=stack_name)
        except ClientError as error:
            if "does not exist" not in error.response["Error"]["Message"]:
                raise
            start = "make run" if self.name == LOCAL else f"serverless deploy --stage {self.name}"
            raise Problem(
                f"stage {self.name!r} has no stack {stack_name} in this account and region; "
                f"deploy it: {start}"
            ) from None
        stack: dict[str, Any] = answer["Stacks"][0]
        return stack


def open_stage(name: str) -> Stage:
    """The stage of that name in the account and region of the environment.

    Raises:
        Problem: the name is none, or the environment belongs to another stage.
    """
    check_environment(name, os.environ)
    session = boto3.Session(**local_credentials(os.environ) if name == LOCAL else {})
    return Stage(name, functools.cache(session.client))


def check_environment(name: str, environ: Mapping[str, str]) -> None:
    """A leftover endpoint must not send a real stage to an emulator, nor a local one to AWS.

    Raises:
        Problem: see above, or the name cannot be a stage's.
    """
    if not _NAME.fullmatch(name):
        raise Problem(f"{name!r} is not the name of a stage: lower-case letters and digits")
    leftover = sorted(key for key in environ if key.startswith(_ENDPOINT) and environ[key])
    if name != LOCAL and leftover:
        raise Problem(
            f"{leftover[0]} is set, which is for stage local only; unset it to use {name!r}"
        )
    if name == LOCAL and _ENDPOINT not in leftover:
        raise Problem(
            "stage local needs AWS_ENDPOINT_URL, the address of the emulator "
            "(http://127.0.0.1:4566 after make run); for another stage say --stage NAME"
        )


def local_credentials(environ: Mapping[str, str]) -> dict[str, str | None]:
    """What an emulator is shown: never the credentials of a profile or an instance."""
    return {
        "aws_access_key_id": environ.get("AWS_ACCESS_KEY_ID", "test"),
        "aws_secret_access_key": environ.get("AWS_SECRET_ACCESS_KEY", "test"),
        "aws_session_token": environ.get("AWS_SESSION_TOKEN"),
        "region_name": environ.get("AWS_REGION")
        or environ.get("AWS_DEFAULT_REGION")
        or "us-east-1",
    }
