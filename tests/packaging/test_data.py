"""What a stage does with its data when a stack or a resource is removed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from calcutta.stages import PROMOTED
from tests.packaging.services import DEVELOPERS_STAGE, ROOT, STAGE, Packaged

pytestmark = pytest.mark.xdist_group("packaging")

KEPT = {
    "config": {"ReleasesTable", "SettingsHistoryTable", "SettingsTable"},
    "identity": {"UserPool"},
    "lobby": {"LinesTable"},
    "websocket": {"AuctionsTable", "RulesTable", "LotsTable", "MembersTable", "LedgerTable"},
}
"""Where the loss of data is the loss of money, of who somebody is, or of whose turn it is."""

GONE_WITH_ANOTHER = {
    "AWS::Lambda::Version",  # with its function
    "AWS::SNS::Subscription",  # with its topic
}


def kept(packaged: Packaged) -> Iterator[dict[str, Any]]:
    return (packaged.template["Resources"][it] for it in KEPT[packaged.service])


def policies(resource: dict[str, Any]) -> set[str]:
    return {resource["DeletionPolicy"], resource["UpdateReplacePolicy"]}


def is_protected(resource: dict[str, Any]) -> bool:
    properties = resource["Properties"]
    if "DeletionProtection" in properties:
        return bool(properties["DeletionProtection"] == "ACTIVE")
    return bool(properties["DeletionProtectionEnabled"])


def test_the_stages_of_these_tests_are_one_of_each_kind() -> None:
    assert STAGE in PROMOTED
    assert DEVELOPERS_STAGE not in PROMOTED


def test_a_deploy_and_the_cli_take_the_same_stages_for_promoted() -> None:
    common = yaml.safe_load((ROOT / "serverless.common.yml").read_text(encoding="utf-8"))
    kinds = common["kindOfStage"].items()
    assert {stage for stage, kind in kinds if kind == "promoted"} == set(PROMOTED)


@pytest.mark.parametrize("service", KEPT)
def test_a_promoted_stage_keeps_its_data(
    service: str, packaged_service: Callable[[str], Packaged]
) -> None:
    for resource in kept(packaged_service(service)):
        if resource["Type"] == "AWS::DynamoDB::Table":
            recovery = resource["Properties"]["PointInTimeRecoverySpecification"]
            assert recovery["PointInTimeRecoveryEnabled"]
        assert policies(resource) == {"Retain"}
        assert is_protected(resource)


@pytest.mark.parametrize("service", KEPT)
def test_a_developers_stage_leaves_nothing_behind(
    service: str, developers_service: Callable[[str], Packaged]
) -> None:
    packaged = developers_service(service)
    for resource in kept(packaged):
        assert policies(resource) == {"Delete"}
        assert not is_protected(resource)
    resources = packaged.template["Resources"].values()
    for it in packaged.resources("AWS::DynamoDB::Table"):
        # a table that is deleted leaves the backup of its last 35 days behind
        assert (
            not it[1]
            .get("PointInTimeRecoverySpecification", {})
            .get("PointInTimeRecoveryEnabled", False)
        )
    left = {it["Type"] for it in resources if it.get("DeletionPolicy", "Delete") != "Delete"}
    assert left <= GONE_WITH_ANOTHER
