"""What `live` promises, by whichever door a call comes in: AWS's weights, and its refusals."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from local.repairs import version_at
from tests.local.deployed import Deployed, deployed_toy
from tests.local.processes import eventually

CALLS = 200


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with deployed_toy(tmp_path_factory.mktemp("toy")) as toy:
        toy.release("second")
        yield toy


@pytest.fixture
def toy(deployed: Deployed) -> Deployed:
    """All of `report` and `message` served by version 1: release "first"."""
    for function in ("report", "message"):
        deployed.move("1", function=function)
    return deployed


def noted(note: Path) -> str:
    """What a called function wrote."""
    assert eventually(lambda: note.exists() and note.read_text() != "")
    return note.read_text()


def by_queue(toy: Deployed, note: Path) -> str:
    toy.client("sqs").send_message(QueueUrl=toy.physical_id("Queue"), MessageBody=str(note))
    return noted(note)


def by_stream(toy: Deployed, note: Path) -> str:
    item = {"id": {"S": str(note)}}
    toy.client("dynamodb").put_item(TableName=toy.physical_id("Table"), Item=item)
    return noted(note)


def by_rule(toy: Deployed, note: Path) -> str:
    """A schedule invokes its target the way that any rule of the bus does."""
    events = toy.client("events")
    events.put_rule(Name="now", EventPattern='{"source": ["test"]}')
    arn = toy.alias()["AliasArn"]
    template = {
        "InputPathsMap": {"it": "$.detail.it"},
        "InputTemplate": '{"Records":[{"body":<it>}]}',
    }
    events.put_targets(Rule="now", Targets=[{"Id": "it", "Arn": arn, "InputTransformer": template}])
    detail = f'{{"it": "{note}"}}'
    events.put_events(Entries=[{"Source": "test", "DetailType": "any", "Detail": detail}])
    return noted(note)


DOORS: dict[str, Callable[[Deployed, Path], str]] = {
    "sdk": lambda toy, _: str(toy.invoke()["release"]),
    "http": lambda toy, _: str(toy.get()["release"]),
    "websocket": lambda toy, _: str(toy.say()["release"]),
    "queue": by_queue,
    "stream": by_stream,
    "rule": by_rule,
}


@pytest.mark.parametrize("door", DOORS)
def test_the_version_with_all_the_weight_serves_every_door(
    toy: Deployed, tmp_path: Path, door: str
) -> None:
    before = DOORS[door](toy, tmp_path / "before")
    for function in ("report", "message"):
        toy.move("1", {"2": 1.0}, function)
    assert (before, DOORS[door](toy, tmp_path / "after")) == ("first", "second")


def test_half_the_weight_serves_some_of_the_calls(toy: Deployed) -> None:
    toy.move("1", {"2": 0.5})
    served = Counter(toy.invoke()["release"] for _ in range(CALLS))
    assert set(served) == {"first", "second"}


def test_no_weight_serves_none_of_the_calls(toy: Deployed) -> None:
    toy.move("1", {"2": 0.0})
    assert {toy.invoke()["release"] for _ in range(CALLS)} == {"first"}


def test_the_drawn_number_decides_by_the_weights() -> None:
    alias = {
        "FunctionVersion": "1",
        "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.25}},
    }
    drawn = [version_at(point, alias) for point in (0.0, 0.2499, 0.25, 0.9999)]
    assert drawn == ["2", "2", "1", "1"]


def test_an_alias_stands_for_its_first_version_when_it_is_looked_at(toy: Deployed) -> None:
    toy.move("1", {"2": 1.0})
    functions = toy.client("lambda")
    seen = functions.get_function(FunctionName="toy-local-report", Qualifier="live")
    same = functions.get_function_configuration(FunctionName="toy-local-report", Qualifier="live")
    assert (seen["Configuration"]["Version"], same["Version"]) == ("1", "1")


def test_an_alias_keeps_its_weights_until_they_are_taken_away(toy: Deployed) -> None:
    toy.move("1", {"2": 0.5})
    functions = toy.client("lambda")
    functions.update_alias(FunctionName="toy-local-report", Name="live", Description="halfway")
    kept = toy.alias()["RoutingConfig"]
    toy.move("2")
    assert kept == {"AdditionalVersionWeights": {"2": 0.5}}
    assert "RoutingConfig" not in toy.alias()


def test_of_two_who_move_the_same_revision_the_second_is_refused(toy: Deployed) -> None:
    functions, revision = toy.client("lambda"), toy.alias()["RevisionId"]
    move = {"FunctionName": "toy-local-report", "Name": "live", "RevisionId": revision}
    moved = functions.update_alias(**move, FunctionVersion="2")
    with pytest.raises(functions.exceptions.PreconditionFailedException):
        functions.update_alias(**move, FunctionVersion="1")
    assert moved["RevisionId"] == toy.alias()["RevisionId"] != revision


def test_a_version_that_is_not_there_is_refused(toy: Deployed) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        toy.move("99")
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        toy.move("1", {"99": 0.5})
    assert toy.alias()["FunctionVersion"] == "1"


def test_a_version_cannot_share_its_calls_with_itself(toy: Deployed) -> None:
    with pytest.raises(ClientError, match="InvalidParameterValueException"):
        toy.move("1", {"1": 0.5})


def test_a_version_that_calls_may_be_routed_to_cannot_be_deleted(toy: Deployed) -> None:
    toy.move("1", {"2": 0.0})
    functions = toy.client("lambda")
    with pytest.raises(functions.exceptions.ResourceConflictException):
        functions.delete_function(FunctionName="toy-local-report", Qualifier="2")
