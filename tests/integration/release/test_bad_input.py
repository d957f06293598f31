"""One line that says what to do, and nothing moved."""

from __future__ import annotations

import pytest

from tests.integration.release.toy_stage import (
    FIND_MEMBER_KEY,
    KEYS,
    PLACE_BID_KEY,
    ToyStage,
    zipped,
)

AT_ONCE = ("--steps", "100", "--wait", "0")


def move_by_hand(stage: ToyStage, version: str) -> None:
    arn = stage.stage.output("websocket", "PlaceBidLiveArn")
    stage.client("lambda").update_alias(
        FunctionName=arn.rpartition(":")[0], Name="live", FunctionVersion=version
    )


def test_an_alias_that_somebody_moved_by_hand(stage: ToyStage) -> None:
    move_by_hand(stage, "2")
    error = stage.refused("promote", "--build", "2", *AT_ONCE)
    assert "websocket/PlaceBid is at version 2, the ledger says version 1; put it back" in error
    assert stage.versions() == {**dict.fromkeys(KEYS, "1"), PLACE_BID_KEY: "2"}


def test_an_alias_that_somebody_removed(stage: ToyStage) -> None:
    arn = stage.stage.output("websocket", "PlaceBidLiveArn").rpartition(":")[0]
    stage.client("lambda").delete_alias(FunctionName=arn, Name="live")
    for command in (("record", "--commit", "abcdef0", "--build", "3"), ("promote", "--build", "2")):
        error = stage.refused(*command)
        assert "somebody removed the alias live of websocket/PlaceBid: put it back" in error


def test_what_was_moved_by_hand_can_be_adopted(stage: ToyStage) -> None:
    move_by_hand(stage, "2")
    stage.release("promote", "--build", "2", "--adopt", *AT_ONCE)
    assert stage.versions() == dict.fromkeys(KEYS, "2")


def test_a_version_that_somebody_deleted(stage: ToyStage) -> None:
    stage.aliases.delete(FIND_MEMBER_KEY, "2")
    error = stage.refused("promote", "--build", "2", *AT_ONCE)
    assert "no longer there (rds-bridge/FindMember version 2): deploy its commit again" in error
    assert stage.versions() == dict.fromkeys(KEYS, "1")


def test_code_that_was_changed_by_hand_is_not_recorded(stage: ToyStage) -> None:
    arn = stage.stage.output("websocket", "PlaceBidLiveArn").rpartition(":")[0]
    stage.client("lambda").update_function_code(FunctionName=arn, ZipFile=zipped(""))
    error = stage.refused("record", "--build", "3", "--commit", "abcdef0")
    assert "websocket/PlaceBid has code that is not of its version 2: deploy it again" in error
    stage.client("lambda").publish_version(FunctionName=arn)
    error = stage.refused("record", "--build", "3", "--commit", "abcdef0")
    assert "websocket/PlaceBid has a version 3 that its stack does not know (version 2)" in error


def test_a_number_that_another_build_has(stage: ToyStage) -> None:
    stage.release("record", "--build", "2", "--commit", "0000002")
    assert "of commit 0000002: give this one a number of its own" in stage.refused(
        "record", "--build", "2", "--commit", "abcdef0"
    )
    stage.deploy()
    assert "with other code or configuration (canary/CheckAuction, rds" in stage.refused(
        "record", "--build", "2", "--commit", "0000002"
    )


def test_a_build_that_nobody_recorded(stage: ToyStage) -> None:
    assert "build 7 is not in the ledger of stage local; after its deploy: " in stage.refused(
        "promote", "--build", "7"
    )


def test_a_stack_that_is_missing(stage: ToyStage) -> None:
    stage.client("cloudformation").delete_stack(StackName="calcutta-canary-local")
    for command in (("record", "--commit", "abcdef0"), ("promote",)):
        error = stage.refused(*command, "--build", "2")
        assert "stage 'local' has no stack calcutta-canary-local" in error
    assert stage.bid() == {"place_bid": 1, "find_member": 1}


def test_a_ledger_that_somebody_wrote_into_by_hand(stage: ToyStage) -> None:
    table = stage.stage.output("config", "ReleasesTableName")
    state = {"kind": {"S": "stage"}, "build": {"N": "0"}, "revision": {"N": "1"}}
    stage.client("dynamodb").put_item(TableName=table, Item=state | {"value": {"S": "live: 2"}})
    error = stage.refused("promote", "--build", "2", *AT_ONCE)
    assert "the release ledger's item stage 0 cannot be read" in error
    assert stage.versions() == dict.fromkeys(KEYS, "1")


def test_what_is_no_commit(stage: ToyStage) -> None:
    assert "'main' is not a git commit" in stage.refused(
        "record", "--build", "3", "--commit", "main"
    )


def test_a_reason_and_force_go_together_and_only_into_prod(stage: ToyStage) -> None:
    assert "go together" in stage.refused("promote", "--build", "2", "--force")
    assert "only prod asks for staging" in stage.refused(
        "promote", "--build", "2", "--force", "--reason", "in a hurry"
    )


@pytest.mark.parametrize(
    "action",
    [
        "cloudformation:DescribeStacks",
        "cloudwatch:DescribeAlarms",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "lambda:GetAlias",
        "lambda:GetFunctionConfiguration",
        "lambda:InvokeFunction",
        "lambda:UpdateAlias",
    ],
)
def test_a_right_that_is_missing_is_named(stage: ToyStage, action: str) -> None:
    error = stage.refused("promote", "--build", "2", *AT_ONCE, client=stage.client_without(action))
    assert action in error
    assert "ask for this right" in error
    assert stage.versions() == dict.fromkeys(KEYS, "1")


@pytest.mark.parametrize("action", ["dynamodb:Query", "lambda:ListVersionsByFunction"])
def test_a_right_that_only_tidying_up_lacks_does_not_undo_a_promotion(
    stage: ToyStage, action: str
) -> None:
    said = stage.release("promote", "--build", "2", *AT_ONCE, client=stage.client_without(action))
    assert "old versions were not all deleted" in said
    assert stage.versions() == dict.fromkeys(KEYS, "2")
