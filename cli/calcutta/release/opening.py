"""The world of a release, in AWS."""

from __future__ import annotations

import getpass
import os
import socket
import time
from collections.abc import Callable

from calcutta.release.adapters.aliases import LambdaAliases
from calcutta.release.adapters.checks import StageChecks
from calcutta.release.adapters.deployed import live_arns
from calcutta.release.adapters.ledger import ReleasesTable
from calcutta.release.world import World
from calcutta.stages import Stage
from shared.clock import now_ms


def world(stage: Stage, say: Callable[[str], None]) -> World:
    by = caller(stage)
    return World(
        stage=stage.name,
        ledger=ledger(stage),
        aliases=aliases(stage),
        checks=StageChecks(stage),
        by=by,
        owner=f"{by} ({getpass.getuser()} on {socket.gethostname()}, process {os.getpid()})",
        clock=now_ms,
        sleep=time.sleep,
        say=say,
    )


def ledger(stage: Stage) -> ReleasesTable:
    return ReleasesTable(stage.client("dynamodb"), stage.output("config", "ReleasesTableName"))


def aliases(stage: Stage) -> LambdaAliases:
    return LambdaAliases(stage.client("lambda"), live_arns(stage))


def caller(stage: Stage) -> str:
    """The ARN of whoever's credentials these are."""
    return str(stage.client("sts").get_caller_identity()["Arn"])
