"""Production takes what passed in staging."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from local.emulator import running_emulator
from tests.integration.release.toy_stage import KEYS, ToyStage

AT_ONCE = ("--steps", "100", "--wait", "0")
FIRST, SECOND = (dict.fromkeys(KEYS, version) for version in "12")


@pytest.fixture
def stages() -> Iterator[tuple[ToyStage, ToyStage]]:
    """Staging and production, with builds 1 (live) and 2 in both."""
    with running_emulator() as emulator:
        staging, prod = ToyStage(emulator, "staging"), ToyStage(emulator, "prod")
        for build in (1, 2):
            for stage in (staging, prod):
                stage.deploy()
                stage.record(build)
        yield staging, prod


def test_a_build_that_passed_in_staging_goes_into_production(
    stages: tuple[ToyStage, ToyStage],
) -> None:
    staging, prod = stages
    staging.release("promote", "--build", "2", *AT_ONCE)
    prod.release("promote", "--build", "2", *AT_ONCE)
    assert prod.versions() == SECOND


def test_a_stages_first_build_passes_by_being_checked(
    stages: tuple[ToyStage, ToyStage],
) -> None:
    staging, prod = stages
    assert "build 1 was not promoted in staging" in prod.refused("promote", "--build", "1")
    staging.release("promote", "--build", "1", *AT_ONCE)
    prod.release("promote", "--build", "1", *AT_ONCE)
    assert prod.versions() == FIRST


def test_a_build_that_was_not_promoted_in_staging_does_not(
    stages: tuple[ToyStage, ToyStage],
) -> None:
    _, prod = stages
    error = prod.refused("promote", "--build", "2", *AT_ONCE)
    assert "build 2 was not promoted in staging: promote it there, or force it: --force" in error
    assert prod.versions() == FIRST


def test_other_code_under_the_same_number_does_not(stages: tuple[ToyStage, ToyStage]) -> None:
    staging, prod = stages
    staging.deploy()
    staging.record(3)
    staging.release("promote", "--build", "3", *AT_ONCE)
    prod.deployed += 1
    prod.deploy()
    prod.record(3)
    error = prod.refused("promote", "--build", "3", *AT_ONCE)
    assert "build 3 is not the code that staging has under this number (canary/Check" in error


def test_force_needs_no_staging_and_its_reason_is_kept(stages: tuple[ToyStage, ToyStage]) -> None:
    _, prod = stages
    prod.release("promote", "--build", "2", "--force", "--reason", "staging burns", *AT_ONCE)
    assert prod.versions() == SECOND
    shown = json.loads(prod.release("show", "--json"))
    assert shown["history"][-1]["note"] == "forced: staging burns"
