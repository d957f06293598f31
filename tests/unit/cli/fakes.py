"""A stage without AWS: stack outputs, a bridge, and whatever clients a test brings."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import msgspec
from botocore.exceptions import ClientError
from typer.testing import CliRunner

from calcutta.main import app
from calcutta.stages import Stage
from shared.errors import ImportProblem

SERVICES = {
    "identity": {"UserPoolId": "pool", "UserPoolClientId": "client"},
    "rds-bridge": {
        f"{function}LiveArn": function
        for function in (
            *("PreviewImport", "ImportLeague", "ListEvents", "ListSales"),
            *("ImportResults", "Settle"),
            *("ListQuarantine", "ShowQuarantine", "Redrive"),
        )
    }
    | {"ApplyQueueUrl": "apply", "ApplyDeadLetterQueueUrl": "dead"},
    "web": {"PageUrl": "http://page.localhost"},
    "websocket": {
        "RelayEventsLiveArn": "RelayEvents",
        "WebsocketUrl": "ws://127.0.0.1:1/live",
        "ApiUrl": "http://127.0.0.1:1",
        "AuctionsTableName": "auctions",
        "LotsTableName": "lots",
        "LedgerTableName": "ledger",
        "FollowLeaguesLiveArn": "FollowLeagues",
        "RelayFailuresUrl": "relay-failures",
        "FollowFailuresUrl": "follow-failures",
    },
}


class FakeStacks:
    """CloudFormation."""

    def __init__(self, stage: str, services: dict[str, dict[str, str]] = SERVICES) -> None:
        self._stacks = {f"calcutta-{name}-{stage}": outputs for name, outputs in services.items()}

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:
        if StackName not in self._stacks:
            error = {"Code": "ValidationError", "Message": f"Stack {StackName} does not exist"}
            raise ClientError({"Error": error}, "DescribeStacks")
        outputs = self._stacks[StackName].items()
        return {
            "Stacks": [
                {"Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs]}
            ]
        }


class FakeBridge:
    """Lambda: serves the bridge's functions by name."""

    def __init__(self, **functions: Callable[[Any], msgspec.Struct]) -> None:
        self._functions = functions
        self.requests: list[tuple[str, Any]] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        request = json.loads(Payload)["request"]
        self.requests.append((FunctionName, request))
        if FunctionName not in self._functions:
            return {"Payload": io.BytesIO(), "FunctionError": "Unhandled"}
        reply = self._functions[FunctionName](request)
        return {"Payload": io.BytesIO(msgspec.json.encode({"reply": reply}))}


class RefusingBridge(FakeBridge):
    """Lambda: a bridge that finds these problems in whatever is imported."""

    def __init__(self, *problems: ImportProblem) -> None:
        super().__init__()
        self._problems = problems

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        self.requests.append((FunctionName, json.loads(Payload)["request"]))
        error = {"code": "import_refused", "message": "refused", "problems": self._problems}
        return {"Payload": io.BytesIO(msgspec.json.encode({"error": error}))}


class FakeCognito:
    """A user pool whose usernames are made from addresses."""

    class exceptions:  # noqa: N801 - boto3's name
        class UsernameExistsException(Exception):
            pass

        class UserNotFoundException(Exception):
            pass

        class NotAuthorizedException(Exception):
            pass

    def __init__(self, *known: str) -> None:
        self.passwords: dict[str, str] = {}
        self.invited: list[str] = []
        self.known = set(known)
        self.valid_s = 3_600
        self.sign_ins = 0

    def admin_create_user(
        self, *, UserPoolId: str, Username: str, MessageAction: str = "", **_: Any
    ) -> dict[str, Any]:
        if Username in self.known:
            raise self.exceptions.UsernameExistsException
        self.known.add(Username)
        if MessageAction != "SUPPRESS":
            self.invited.append(Username)
        return {"User": {"Attributes": [{"Name": "sub", "Value": f"sub-of-{Username}"}]}}

    def admin_get_user(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        return {"UserAttributes": [{"Name": "sub", "Value": f"sub-of-{Username}"}]}

    def admin_set_user_password(
        self, *, UserPoolId: str, Username: str, Password: str, Permanent: bool
    ) -> None:
        if Username not in self.known:
            raise self.exceptions.UserNotFoundException
        self.passwords[Username] = Password

    def admin_initiate_auth(
        self, *, AuthParameters: dict[str, str], AuthFlow: str, **_: Any
    ) -> dict[str, Any]:
        if self.passwords.get(AuthParameters["USERNAME"]) != AuthParameters["PASSWORD"]:
            raise self.exceptions.NotAuthorizedException
        self.sign_ins += 1
        token = f"token-{self.sign_ins}-of-{AuthParameters['USERNAME']}"
        return {"AuthenticationResult": {"IdToken": token, "ExpiresIn": self.valid_s}}


def fake_stage(name: str = "local", **clients: Any) -> Stage:
    """A stage with all stacks, and these clients."""
    everything = {"cloudformation": FakeStacks(name), **clients}
    names = {"lambda": "functions", "cognito-idp": "cognito"}
    return Stage(name, lambda service: everything[names.get(service, service)])


def calcutta(*arguments: str, stage: Stage | None = None, **options: Any) -> Any:
    """Run the command; `stage` stands for whichever is named."""
    return CliRunner().invoke(app, arguments, obj=stage and (lambda name: stage), **options)
