import importlib.metadata
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import boto3
import pytest

from local import launcher
from local.emulator import ROOT, Emulator, EmulatorFailed, running_emulator
from tests.local.processes import eventually, runs

PID_LAMBDA = """
import os, subprocess, sys
def handler(event, context):
    return os.getpid()
"""

HOLD_UNTIL_KILLED = """
from local.emulator import running_emulator
with running_emulator() as emulator:
    print(emulator.port, emulator.log_path, flush=True)
    input()
"""


def start_lambda(emulator: Emulator) -> int:
    """Create and call a function; return the id of the process that served it."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("pid.py", PID_LAMBDA)
    functions = boto3.client(
        "lambda",
        endpoint_url=emulator.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    functions.create_function(
        FunctionName="pid",
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/any",
        Handler="pid.handler",
        Code={"ZipFile": code.getvalue()},
    )
    pid: int = json.loads(functions.invoke(FunctionName="pid")["Payload"].read())
    return pid


def test_no_process_and_no_file_is_left_behind() -> None:
    with running_emulator() as emulator:
        pid = start_lambda(emulator)
        assert runs(pid)
    assert eventually(lambda: not runs(pid))
    assert not emulator.log_path.parent.exists()


def test_a_killed_parent_takes_the_emulator_along() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_UNTIL_KILLED],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        port, log_path = parent.stdout.readline().split()
        pid = start_lambda(Emulator(int(port), Path(log_path)))
        parent.kill()
    assert eventually(lambda: not runs(pid))
    assert not Path(log_path).parent.exists()


def test_two_emulators_run_side_by_side() -> None:
    with running_emulator() as one, running_emulator() as other:
        assert start_lambda(one) != start_lambda(other)


def test_an_emulator_that_cannot_start_shows_its_log() -> None:
    with (
        running_emulator() as first,
        pytest.raises(EmulatorFailed) as failed,
        running_emulator(first.port),
    ):
        pass
    assert "already in use" in failed.value.log


def test_another_version_of_the_emulator_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"found 9\.9\.9"):
        launcher.refuse_other_version("9.9.9")


def test_the_installed_version_of_the_emulator_is_the_pinned_one() -> None:
    launcher.refuse_other_version(importlib.metadata.version("ministack"))
