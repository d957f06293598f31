"""The whole way of two builds through the pipeline, with its own rights, and back to nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from botocore.exceptions import ClientError

from local.emulator import running_emulator
from tests.pipeline.delivery import STAGE, Delivery
from tests.pipeline.policies import actions, statements
from tests.pipeline.resources import everything

pytestmark = [pytest.mark.xdist_group("pipeline"), pytest.mark.timeout(600)]

AT = ("--stage", STAGE)
UNSEEN = {
    "iam:PassRole": "the emulator hands a role to CloudFormation without asking",
    "lambda:DeleteFunction": "there are too few versions yet for any to be pruned",
    "logs:DeleteLogGroup": "the emulator's functions log without a group to be left behind",
    "ssm:GetParameters": "the emulator's CloudFormation reads a template's parameters itself",
}
"""What the pipeline is allowed and this story does not ask for; why."""


@dataclass
class Story:
    """What was there, what was said, and what was called."""

    before: set[str] = field(default_factory=set)
    during: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)
    live: dict[str, int | None] = field(default_factory=dict)


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Delivery]:
    with running_emulator(auth=True) as emulator:
        delivery = Delivery(emulator, tmp_path_factory.mktemp("pipeline"))
        delivery.make_stacks()
        yield delivery


@pytest.fixture(scope="module")
def story(delivery: Delivery) -> Story:
    """Two builds are deployed, recorded, promoted, rolled back, checked, and removed.

    The emulator checks every call against the rights of the pipeline's role: a right that is
    missing ends it here.
    """
    told = Story(before=everything(delivery.client))
    delivery.calcutta("stage", "up", "--without-canary", *AT)
    delivery.operator("canary", "prepare", *AT)
    delivery.calcutta("release", "record", "--build", "1", "--commit", "a" * 40, *AT)
    delivery.calcutta("canary", *AT)
    delivery.deploy_other_code()
    delivery.calcutta("release", "record", "--build", "2", "--commit", "b" * 40, *AT)
    delivery.calcutta("release", "promote", "--build", "2", "--wait", "0", *AT)
    told.live["promoted"] = live_build(delivery)
    delivery.calcutta("release", "rollback", *AT)
    told.live["rolled back"] = live_build(delivery)
    told.during = everything(delivery.client)
    delivery.calcutta("stage", "down", "--yes", *AT)
    told.after = everything(delivery.client)
    return told


def live_build(delivery: Delivery) -> int | None:
    said = json.loads(delivery.calcutta("release", "list", "--json", *AT))
    live: int | None = said["live"]
    return live


def test_the_pipeline_s_role_suffices_for_deploy_record_promote_rollback_and_removal(
    story: Story,
) -> None:
    assert story.live == {"promoted": 2, "rolled back": 1}


def test_a_workflow_outside_of_the_environment_is_not_given_the_role(delivery: Delivery) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        delivery.assume_role("another")


def test_nothing_of_a_stage_is_left_when_it_is_down(story: Story) -> None:
    assert len(story.during - story.before) > 200
    assert story.after - story.before == set()
    assert story.before - story.after == set()


def test_the_pipeline_is_allowed_nothing_that_it_does_not_use(
    story: Story, delivery: Delivery
) -> None:
    assert story.live
    allowed = actions(
        statements("deploy-role", STAGE, "DeployPolicy", "ReleasePolicy", "RemovePolicy")
    )
    assert allowed - delivery.allowed() == set(UNSEEN)
