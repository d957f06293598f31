"""The toy project, deployed on an emulator of its own, through the doors that a real one has."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from websockets.sync.client import connect

from local.deploy import deploy
from local.emulator import Emulator, running_emulator
from tests.local.toy_project import make_toy_project, write_release

FUNCTIONS = ("authorize", "message", "report")


@dataclass(frozen=True)
class Deployed:
    emulator: Emulator
    project: Path
    promoted: bool = False

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.emulator.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def deploy(self) -> None:
        deploy(self.emulator.endpoint, root=self.project, promoted=self.promoted)

    def release(self, name: str) -> None:
        write_release(self.project, name)
        self.deploy()

    def physical_id(self, resource: str) -> str:
        stack = self.client("cloudformation").describe_stack_resource(
            StackName="toy-local", LogicalResourceId=resource
        )
        physical: str = stack["StackResourceDetail"]["PhysicalResourceId"]
        return physical

    def door(self, scheme: str, api: str, path: str) -> str:
        api_id = self.physical_id(api)
        return f"{scheme}://127.0.0.1:{self.emulator.port}/_aws/execute-api/{api_id}/{path}"

    def socket_url(self, query: str = "?ticket=any") -> str:
        return self.door("ws", "WebsocketsApi", f"local{query}")

    def say(self, **message: object) -> dict[str, Any]:
        with connect(self.socket_url()) as socket:
            socket.send(json.dumps(message))
            answer: dict[str, Any] = json.loads(socket.recv(timeout=20))
            return answer

    def get(self) -> dict[str, Any]:
        with urllib.request.urlopen(self.door("http", "HttpApi", "$default/report")) as reply:
            answer: dict[str, Any] = json.load(reply)
            return answer

    def invoke(self, function: str = "report") -> dict[str, Any]:
        name = f"toy-local-{function}:live"
        reply = self.client("lambda").invoke(FunctionName=name, Payload="{}")
        answer: dict[str, Any] = json.loads(reply["Payload"].read())
        return answer

    def alias(self, function: str = "report") -> dict[str, Any]:
        found: dict[str, Any] = self.client("lambda").get_alias(
            FunctionName=f"toy-local-{function}", Name="live"
        )
        return found

    def move(
        self, version: str, weights: Mapping[str, float] | None = None, function: str = "report"
    ) -> None:
        """Move `live` to a version, as a promotion does; `weights` are the parts of the calls that
        go to others."""
        self.client("lambda").update_alias(
            FunctionName=f"toy-local-{function}",
            Name="live",
            FunctionVersion=version,
            RoutingConfig={"AdditionalVersionWeights": dict(weights or {})},
        )

    def versions(self, function: str = "report") -> list[str]:
        """The published versions, oldest first."""
        pages = self.client("lambda").get_paginator("list_versions_by_function")
        name = f"toy-local-{function}"
        found = [
            it["Version"] for page in pages.paginate(FunctionName=name) for it in page["Versions"]
        ]
        return [it for it in found if it != "$LATEST"]


@contextmanager
def deployed_toy(folder: Path, *, promoted: bool = False) -> Iterator[Deployed]:
    project = make_toy_project(folder / "project")
    with running_emulator() as emulator:
        toy = Deployed(emulator, project, promoted)
        toy.deploy()
        yield toy
