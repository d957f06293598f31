"""A deployed service on the emulator, through the doors that a real one has."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from local.deploy import DeployFailed, deploy
from tests.local.deployed import Deployed, deployed_toy
from tests.local.processes import eventually, runs
from tests.local.toy_project import SERVICE, make_toy_project


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with deployed_toy(tmp_path_factory.mktemp("toy")) as toy:
        yield toy


def test_new_code_is_served_after_a_deploy(deployed: Deployed) -> None:
    before = deployed.say()["release"], deployed.invoke()["release"]
    deployed.release("new")
    after = deployed.say()["release"], deployed.invoke()["release"]
    assert "new" not in before
    assert after == ("new", "new")


def test_the_process_of_superseded_code_ends(deployed: Deployed) -> None:
    superseded = deployed.say()["pid"]
    deployed.release("successor")
    deployed.say()
    assert eventually(lambda: not runs(superseded))


def test_an_alias_that_moves_back_serves_the_older_code(deployed: Deployed) -> None:
    deployed.release("newer")
    functions = deployed.client("lambda")
    alias = functions.get_alias(FunctionName="toy-local-message", Name="live")
    version = int(alias["FunctionVersion"])
    newer = deployed.say()["release"]
    functions.update_alias(
        FunctionName="toy-local-message", Name="live", FunctionVersion=str(version - 1)
    )
    older = deployed.say()["release"]
    functions.update_alias(
        FunctionName="toy-local-message", Name="live", FunctionVersion=str(version)
    )
    assert (newer, older != newer, deployed.say()["release"]) == ("newer", True, "newer")


def test_messages_of_several_sockets_are_served_at_once(deployed: Deployed, tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as threads:
        calls = [threads.submit(deployed.say, meet=str(tmp_path), guests=3) for _ in range(3)]
    assert [call.result()["met"] for call in calls] == [3, 3, 3]


def test_more_sockets_than_workers_are_served_in_turn(deployed: Deployed) -> None:
    with ThreadPoolExecutor(12) as threads:
        calls = [threads.submit(deployed.say) for _ in range(12)]
    assert 1 <= len({call.result()["pid"] for call in calls}) <= 4


def test_the_authorizer_speaks_for_every_message(deployed: Deployed) -> None:
    assert deployed.say()["authorizer"] == {"principalId": "ann", "role": "bidder"}


def test_a_socket_without_a_ticket_is_refused(deployed: Deployed) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(deployed.socket_url(query="")):
        pass
    assert refused.value.response.status_code == 401


def test_what_is_deployed_is_not_written_into_the_project(deployed: Deployed) -> None:
    assert list(deployed.project.rglob(".serverless")) == []


def test_a_failing_deploy_says_why(deployed: Deployed, tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    config = project / SERVICE / "serverless.yml"
    config.write_text(config.read_text().replace("AWS::SQS::Queue", "AWS::SQS::Nonsense"))
    with pytest.raises(DeployFailed) as failed:
        deploy(deployed.emulator.endpoint, root=project)
    assert "AWS::SQS::Nonsense" in failed.value.output
