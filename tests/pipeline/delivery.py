"""A pipeline on the emulator: its stacks, its role's credentials, and what it runs with them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from calcutta.stage.checkout import copy_of
from calcutta.stage.up import deploy
from calcutta.stages import open_stage
from local.emulator import Emulator
from tests.pipeline.policies import ROOT

ACCOUNT, REGION, STAGE = "000000000000", "us-east-1", "local"
ROLES = f"arn:aws:iam::{ACCOUNT}:role/calcutta-{STAGE}"
REPOSITORY, ENVIRONMENT = "league/calcutta", "staging"
STACKS: dict[str, dict[str, str]] = {
    "boundary": {
        "Stage": STAGE,
        "DatabaseSecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:league-1",
    },
    "cloudformation-role": {"Stage": STAGE},
    "deploy-role": {
        "Stage": STAGE,
        "Repository": REPOSITORY,
        "Environment": ENVIRONMENT,
        "MayRemove": "yes",
    },
}
CHANGED = "shared/clock.py"
"""A file that is in every function's package."""


class Delivery:
    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.folder = folder

    def client(self, service: str, **credentials: Any) -> Any:
        """A client of somebody who may do everything, or with other credentials."""
        shown = credentials or {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(
            service, endpoint_url=self.emulator.endpoint, region_name=REGION, **shown
        )

    def make_stacks(self) -> None:
        cloudformation = self.client("cloudformation")
        for name, parameters in STACKS.items():
            stack = f"pipeline-calcutta-{STAGE}-{name}"
            cloudformation.create_stack(
                StackName=stack,
                TemplateBody=(ROOT / "pipeline" / f"{name}.yml").read_text(),
                Capabilities=["CAPABILITY_NAMED_IAM"],
                Parameters=[
                    {"ParameterKey": key, "ParameterValue": value}
                    for key, value in parameters.items()
                ],
            )
            cloudformation.get_waiter("stack_create_complete").wait(
                StackName=stack, WaiterConfig={"Delay": 1}
            )

    def assume_role(self, environment: str) -> dict[str, str]:
        """What a workflow that runs in an environment of the repository is given."""
        token = web_identity(f"repo:{REPOSITORY}:environment:{environment}")
        sts = self.client("sts", config=Config(signature_version=UNSIGNED))
        given: dict[str, str] = sts.assume_role_with_web_identity(
            RoleArn=f"{ROLES}-pipeline",
            RoleSessionName="workflow",
            WebIdentityToken=token,
        )["Credentials"]
        return given

    @cached_property
    def credentials(self) -> Mapping[str, str]:
        given = self.assume_role(ENVIRONMENT)
        return {
            "AWS_ACCESS_KEY_ID": given["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": given["SecretAccessKey"],
            "AWS_SESSION_TOKEN": given["SessionToken"],
        }

    @property
    def environment(self) -> dict[str, str]:
        """What the workflow's steps run in."""
        return {
            "AWS_ENDPOINT_URL": self.emulator.endpoint,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "CALCUTTA_DATABASE_URL": f"sqlite:///{self.folder / 'league.sqlite3'}",
            "CALCUTTA_CLOUDFORMATION_ROLE": f"{ROLES}-cloudformation",
            "CALCUTTA_PROMOTED": "true",
            "SLS_AWS_MONITORING_FREQUENCY": "300",
            **self.credentials,
        }

    def calcutta(self, *arguments: str) -> str:
        """Run a command with the pipeline's rights; what it said."""
        return self._run(arguments, self.environment)

    def operator(self, *arguments: str) -> str:
        """Run a command with all rights; what it said."""
        own = {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_SESSION_TOKEN": "",
        }
        return self._run(arguments, self.environment | own)

    def deploy_other_code(self) -> None:
        """Deploy another build with the pipeline's rights."""
        with pytest.MonkeyPatch.context() as patch, copy_of() as copy:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            changed = copy / CHANGED
            changed.write_text(changed.read_text() + "\n# the next build\n")
            deploy(open_stage(STAGE), lambda _: None, copy)

    def allowed(self) -> set[str]:
        """The actions that IAM was asked to allow the pipeline, and did."""
        lines = self.emulator.decisions_path.read_text().splitlines()
        decided = (json.loads(line) for line in lines)
        return {
            it["action"]
            for it in decided
            if f"/calcutta-{STAGE}-pipeline/" in it["principal"] and it["decision"] == "Allow"
        }

    def _run(self, arguments: tuple[str, ...], environment: dict[str, str]) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "calcutta", *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"calcutta {' '.join(arguments)}\n{done.stdout}{done.stderr}"
        return done.stdout


def web_identity(subject: str) -> str:
    """A token as GitHub issues it, unsigned: the emulator does not look."""
    claims = {
        "iss": "https://token.actions.githubusercontent.com",
        "aud": "sts.amazonaws.com",
        "sub": subject,
    }
    parts = (json.dumps(it).encode() for it in ({"alg": "none"}, claims))
    return ".".join(base64.urlsafe_b64encode(it).rstrip(b"=").decode() for it in parts) + ".x"
