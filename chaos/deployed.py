"""The real deploy of all services on the emulator, and its Lambdas' environments."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3

from chaos.fault import say
from local.deploy import deploy
from local.emulator import running_emulator
from tests.e2e.system import System


@contextmanager
def deployed_system(database_url: str | None = None) -> Iterator[System]:
    """A stage `local` of its own; its database is a file of SQLite unless said otherwise."""
    with (
        tempfile.TemporaryDirectory(prefix="calcutta-chaos-") as scratch,
        running_emulator() as emulator,
    ):
        system = System(emulator, Path(scratch))
        with system.in_environment():
            database = database_url or f"sqlite:///{scratch}/league.sqlite3"
            seconds = deploy(emulator.endpoint, database_url=database)
            say(f"deployed in {seconds:.0f} s")
            system.calcutta("database", "migrate")
            yield system


def set_environment(function: str, **variables: str) -> None:
    """Give a function of the websocket service more environment; `live` moves to it."""
    name = f"calcutta-websocket-local-{function}"
    client = boto3.client("lambda")
    known = client.get_function_configuration(FunctionName=name, Qualifier="live")
    client.update_function_configuration(
        FunctionName=name,
        Environment={"Variables": known["Environment"]["Variables"] | variables},
    )
    version = client.publish_version(FunctionName=name)["Version"]
    client.update_alias(FunctionName=name, Name="live", FunctionVersion=version)
