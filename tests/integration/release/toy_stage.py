"""A stage `local` of toy functions: real stacks and aliases, on an emulator that checks IAM.

`websocket/PlaceBid` calls `rds-bridge/FindMember`; the canary calls `PlaceBid`.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

import boto3
import yaml
from typer.testing import CliRunner

from calcutta.main import app
from calcutta.release.adapters.aliases import LambdaAliases
from calcutta.release.adapters.ledger import ReleasesTable
from calcutta.release.opening import aliases, ledger
from calcutta.stages import Stage
from local.emulator import ROOT, Emulator

PATIENCE_S = 30.0
BUCKET = "toy"

CALLER = """
import json, os, boto3
def handler(event, context):
    answer = boto3.client("lambda").invoke(FunctionName=os.environ["CALLEE_ARN"])
    said = json.loads(answer["Payload"].read())
    if answer.get("FunctionError"):
        said = {"broken": True}
"""
FIND_MEMBER = """
def handler(event, context):
    return {"find_member": BUILD}
"""
PLACE_BID = f"""{CALLER}
    if BROKEN:
        raise RuntimeError("no bids today")
    return {{"place_bid": BUILD, **said}}
"""
CHECK_AUCTION = f"""{CALLER}
    report = {{"passed": True, "bid_ms": 1, "broadcast_ms": 2, "row_ms": 3}}
    if "broken" in said:
        report = {{"passed": False, "failed_at": "bid", "reason": "no answer in 5 s"}}
    return {{"reply": report}}
"""
FUNCTIONS: dict[str, dict[str, tuple[str, str | None]]] = {
    "rds-bridge": {"FindMember": (FIND_MEMBER, None)},
    "websocket": {"PlaceBid": (PLACE_BID, "rds-bridge-{stage}-FindMember")},
    "canary": {"CheckAuction": (CHECK_AUCTION, "websocket-{stage}-PlaceBid")},
}
PLACE_BID_KEY, FIND_MEMBER_KEY = "websocket/PlaceBid", "rds-bridge/FindMember"
KEYS = {PLACE_BID_KEY, FIND_MEMBER_KEY, "canary/CheckAuction"}


class ToyStage:
    def __init__(self, emulator: Emulator, name: str = "local") -> None:
        self.emulator = emulator
        self.name = name
        self.deployed = 0

    def client(self, service: str, key: tuple[str, str] = ("test", "test")) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.emulator.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key[0],
            aws_secret_access_key=key[1],
        )

    def client_without(self, action: str) -> Callable[[str], Any]:
        """The clients of somebody who may do everything but that."""
        iam, name = self.client("iam"), f"not-{action.replace(':', '-')}"
        iam.create_user(UserName=name)
        statements = [
            {"Effect": "Allow", "Action": "*", "Resource": "*"},
            {"Effect": "Deny", "Action": action, "Resource": "*"},
        ]
        document = json.dumps({"Version": "2012-10-17", "Statement": statements})
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=document)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return lambda service: self.client(service, (key["AccessKeyId"], key["SecretAccessKey"]))

    @property
    def stage(self) -> Stage:
        return Stage(self.name, self.client)

    @property
    def aliases(self) -> LambdaAliases:
        return aliases(self.stage)

    @property
    def ledger(self) -> ReleasesTable:
        return ledger(self.stage)

    def deploy(self, *, broken: bool = False) -> None:
        """Another build: new code and a new version of every function; `live` stays."""
        self.deployed += 1
        services = yaml.safe_load((ROOT / "serverless-compose.yml").read_text())["services"]
        self._upload(broken=broken)
        for service in services:
            self._apply(service, _template(service, self.name, self.deployed))

    def _upload(self, *, broken: bool) -> None:
        """The same code is the same zip in every stage, as CloudFormation's own are not."""
        s3 = self.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        constants = f"BUILD = {self.deployed}\nBROKEN = {broken}\n"
        for functions in FUNCTIONS.values():
            for name, (code, _) in functions.items():
                s3.put_object(
                    Bucket=BUCKET,
                    Key=_key(self.name, name, self.deployed),
                    Body=zipped(constants + code),
                )

    def _apply(self, service: str, template: dict[str, Any]) -> None:
        cloudformation = self.client("cloudformation")
        name = f"calcutta-{service}-{self.name}"
        request: dict[str, Any] = {"StackName": name, "TemplateBody": json.dumps(template)}
        request["Capabilities"] = ["CAPABILITY_IAM"]
        with contextlib.suppress(cloudformation.exceptions.AlreadyExistsException):
            cloudformation.create_stack(**request)
            cloudformation.get_waiter("stack_create_complete").wait(
                StackName=name, WaiterConfig={"Delay": 0.05}
            )
            return
        with contextlib.suppress(cloudformation.exceptions.ClientError):
            cloudformation.update_stack(**request)
            cloudformation.get_waiter("stack_update_complete").wait(
                StackName=name, WaiterConfig={"Delay": 0.05}
            )

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        """`calcutta release` as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "calcutta", "release", *arguments],
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "AWS_ENDPOINT_URL": self.emulator.endpoint,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_REGION": "us-east-1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def release(self, *arguments: str, client: Callable[[str], Any] | None = None) -> str:
        """Run `calcutta release`, maybe with other rights; what it says."""
        done = self._run(arguments, client or self.client)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def refused(self, *arguments: str, client: Callable[[str], Any] | None = None) -> str:
        """Run `calcutta release` in vain, maybe with other rights; its one line."""
        done = self._run(arguments, client or self.client)
        assert done.exit_code == 1, done.output
        assert done.stderr.startswith("calcutta: "), done.output
        assert done.stderr.count("\n") == 1, done.output
        return str(done.stderr)

    def _run(self, arguments: tuple[str, ...], client: Callable[[str], Any]) -> Any:
        arguments = ("release", *arguments, "--stage", self.name)
        clients = functools.cache(client)
        return CliRunner().invoke(
            app, arguments, obj=lambda name: Stage(name, clients), catch_exceptions=False
        )

    def record(self, build: int) -> None:
        self.release("record", "--build", str(build), "--commit", f"{build:07x}")

    def bid(self) -> dict[str, int]:
        """What answers a bid: the build of each function that took part."""
        arn = self.stage.output("websocket", "PlaceBidLiveArn")
        answer: dict[str, int] = json.loads(
            self.client("lambda").invoke(FunctionName=arn)["Payload"].read()
        )
        return answer

    def versions(self) -> dict[str, str]:
        read = self.aliases.read(KEYS)
        assert all(not alias.routing.shares for alias in read.values()), read
        return {key: alias.routing.version for key, alias in read.items()}

    def shares(self, key: str = PLACE_BID_KEY) -> dict[str, float]:
        return dict(self.aliases.read([key])[key].routing.shares)

    def let_locks_run_out(self) -> None:
        """As if two minutes had passed: the owner is gone."""
        table = self.stage.output("config", "ReleasesTableName")
        dynamodb = self.client("dynamodb")
        key = {"kind": {"S": "stage"}, "build": {"N": "0"}}
        item = dynamodb.get_item(TableName=table, Key=key)["Item"]
        state = json.loads(item["value"]["S"])
        state["promotion"]["expires_ms"] = 0
        dynamodb.put_item(TableName=table, Item=item | {"value": {"S": json.dumps(state)}})


def wait_for(look: Callable[[], Any]) -> Any:
    give_up_at = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        assert time.monotonic() < give_up_at, "it did not happen in time"
        time.sleep(0.02)
    return seen


def zipped(source: str) -> bytes:
    """A function's code, without the time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("index.py"), source)
    return buffer.getvalue()


def _key(stage: str, function: str, build: int) -> str:
    return f"{stage}/{function}/{build}.zip"


def _template(service: str, stage: str, build: int) -> dict[str, Any]:
    resources: dict[str, Any] = {"Nothing": {"Type": "AWS::SNS::Topic"}}
    outputs: dict[str, Any] = {}
    for name, (_, callee) in FUNCTIONS.get(service, {}).items():
        resources[name] = {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "FunctionName": f"calcutta-{service}-{stage}-{name}",
                "Handler": "index.handler",
                "Runtime": "python3.13",
                "Timeout": 20,
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Code": {"S3Bucket": BUCKET, "S3Key": _key(stage, name, build)},
                "Environment": {
                    "Variables": {
                        "CALLEE_ARN": {
                            "Fn::ImportValue": f"calcutta-{callee.format(stage=stage)}LiveArn"
                        }
                    }
                    if callee
                    else {}
                },
            },
        }
        resources["Role"] = _role()
        resources[f"{name}Version{build}"] = {
            "Type": "AWS::Lambda::Version",
            "DeletionPolicy": "Retain",
            "Properties": {"FunctionName": {"Ref": name}},
        }
        resources[f"{name}LiveAlias"] = {
            "Type": "AWS::Lambda::Alias",
            "DependsOn": f"{name}Version{build}" if build == 1 else [],
            "Properties": {"Name": "live", "FunctionName": {"Ref": name}, "FunctionVersion": "1"},
        }
        outputs[f"{name}LiveArn"] = {
            "Value": {"Ref": f"{name}LiveAlias"},
            "Export": {"Name": f"calcutta-{service}-{stage}-{name}LiveArn"},
        }
    if service == "config":
        config = (ROOT / "services" / "config" / "serverless.yml").read_text()
        table = yaml.load(config, _Cloud)["resources"]["Resources"]["ReleasesTable"]
        del table["DeletionPolicy"], table["UpdateReplacePolicy"]
        del table["Properties"]["DeletionProtectionEnabled"]
        resources["ReleasesTable"] = table
        outputs["ReleasesTableName"] = {"Value": {"Ref": "ReleasesTable"}}
    return {"Resources": resources, "Outputs": outputs}


def _role() -> dict[str, Any]:
    def document(**statement: object) -> dict[str, Any]:
        return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}

    trust = document(Principal={"Service": "lambda.amazonaws.com"}, Action="sts:AssumeRole")
    may_call = document(Action="lambda:InvokeFunction", Resource="*")
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": trust,
            "Policies": [{"PolicyName": "call", "PolicyDocument": may_call}],
        },
    }


class _Cloud(yaml.SafeLoader):
    """YAML with CloudFormation's short forms, which are of no interest here."""


_Cloud.add_multi_constructor("!", lambda loader, suffix, node: suffix)
