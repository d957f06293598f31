"""A deploy to a developer's stage: `live` follows the newest code, and old versions go."""

from collections.abc import Iterator

import pytest

from tests.local.deployed import Deployed, deployed_toy


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with deployed_toy(tmp_path_factory.mktemp("toy")) as toy:
        yield toy


def test_live_follows_the_newest_code(toy: Deployed) -> None:
    toy.release("newest")
    assert toy.alias()["FunctionVersion"] == toy.versions()[-1]
    assert toy.invoke()["release"] == "newest"


def test_an_alias_that_somebody_moved_is_put_back_though_nothing_else_changed(
    toy: Deployed,
) -> None:
    toy.release("unmoved")
    newest = toy.versions()[-1]
    toy.move(toy.versions()[0])
    toy.deploy()
    moved = toy.alias()
    toy.move(newest, {toy.versions()[0]: 0.5})
    toy.deploy()
    assert (moved["FunctionVersion"], toy.alias()["FunctionVersion"]) == (newest, newest)
    assert "RoutingConfig" not in toy.alias()


def test_an_alias_that_somebody_removed_is_there_after_the_next_deploy(toy: Deployed) -> None:
    functions = toy.client("lambda")
    functions.delete_alias(FunctionName="toy-local-report", Name="live")
    toy.release("restored")
    assert toy.invoke()["release"] == "restored"


def test_the_newest_three_versions_are_kept_and_what_an_alias_serves(toy: Deployed) -> None:
    functions = toy.client("lambda")
    for name in ("one", "two"):
        toy.release(name)
    shown, tried = toy.versions()[-2:]
    functions.create_alias(
        FunctionName="toy-local-report",
        Name="shown",
        FunctionVersion=shown,
        RoutingConfig={"AdditionalVersionWeights": {tried: 0.5}},
    )
    for name in ("three", "four", "five", "six"):
        toy.release(name)
    versions = toy.versions()
    functions.delete_alias(FunctionName="toy-local-report", Name="shown")
    toy.release("seven")
    newest = int(toy.versions()[-1])
    assert versions == [shown, tried, *(str(newest - it) for it in (3, 2, 1))]
    assert toy.versions() == [str(newest - it) for it in (2, 1, 0)]


def test_a_deploy_does_not_miss_versions_that_were_pruned(toy: Deployed) -> None:
    for name in ("a", "b", "c", "d"):
        toy.release(name)
    toy.release("a")
    assert toy.invoke()["release"] == "a"
