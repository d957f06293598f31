"""A deploy to a promoted stage: it publishes versions, and whatever else it does, `live` stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.deploy import DeployFailed, deploy_environment
from tests.local.deployed import FUNCTIONS, Deployed, deployed_toy
from tests.local.toy_project import configure, osls, restore, write_release

LATER = """
  later:
    handler: toy_service.handlers.report
    iamRoleStatements: []
"""

DESCRIBED = """
  extensions:
    ReportLiveAlias: {Properties: {Description: for the members}}
"""

BREAKS = """
    Breaks:
      Type: AWS::Lambda::EventInvokeConfig
      DependsOn: [ReportLiveAlias, MessageLiveAlias]
      Properties: {FunctionName: !Ref ReportLambdaFunction, Qualifier: nowhere}
"""


@pytest.fixture(scope="module")
def first_deploy(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Deployed, dict[str, tuple[str, list[str]]]]]:
    """A stage, and where `live` was after its first deploy, with all versions, by function."""
    with deployed_toy(tmp_path_factory.mktemp("toy"), promoted=True) as toy:
        yield toy, {name: (promoted(toy, name), toy.versions(name)) for name in FUNCTIONS}


@pytest.fixture(scope="module")
def deployed(first_deploy: tuple[Deployed, object]) -> Deployed:
    toy, _ = first_deploy
    toy.release("second")
    return toy


@pytest.fixture
def toy(deployed: Deployed) -> Iterator[Deployed]:
    """The newest of several versions was promoted: not the one that the template says."""
    deployed.move(newest(deployed))
    yield deployed
    restore(deployed.project)


@pytest.fixture
def with_later(toy: Deployed) -> Iterator[Deployed]:
    """A function was added to the stage's stack; it goes again."""
    configure(toy.project, "\nresources:\n", LATER + "\nresources:\n")
    toy.deploy()
    yield toy
    restore(toy.project)
    retire_later(toy)


def retire_later(toy: Deployed) -> None:
    configure(toy.project, "custom:\n", "custom:\n  retired: [later]\n")
    toy.deploy()


def newest(toy: Deployed) -> str:
    return toy.versions()[-1]


def promoted(toy: Deployed, function: str = "report") -> str:
    version: str = toy.alias(function)["FunctionVersion"]
    return version


def refusal(toy: Deployed) -> str:
    with pytest.raises(DeployFailed) as failed:
        toy.deploy()
    return failed.value.output


def test_after_the_first_deploy_its_versions_are_live(
    first_deploy: tuple[Deployed, dict[str, tuple[str, list[str]]]],
) -> None:
    _, versions = first_deploy
    assert versions == {name: ("1", ["1"]) for name in FUNCTIONS}


def test_a_deploy_publishes_a_version_and_leaves_live_where_it_is(toy: Deployed) -> None:
    before, serves = promoted(toy), toy.invoke()["release"]
    toy.release("another")
    assert (promoted(toy), newest(toy)) == (before, str(int(before) + 1))
    assert toy.invoke()["release"] == serves != "another"


def test_what_was_promoted_stays_through_a_change_of_the_alias(toy: Deployed) -> None:
    before = promoted(toy)
    configure(toy.project, "\nresources:\n", "\nresources:" + DESCRIBED)
    configure(toy.project, "  report:\n", "  report:\n    provisionedConcurrency: 2\n")
    toy.release("described")
    concurrency = toy.client("lambda").get_provisioned_concurrency_config(
        FunctionName="toy-local-report", Qualifier="live"
    )
    described = toy.alias()
    toy.release("described-again")
    assert (promoted(toy), toy.alias()["Description"]) == (before, "for the members")
    assert toy.alias()["RevisionId"] == described["RevisionId"]
    assert concurrency["RequestedProvisionedConcurrentExecutions"] == 2


def test_provisioned_concurrency_that_is_no_longer_asked_for_ends(toy: Deployed) -> None:
    before = promoted(toy)
    configure(toy.project, "  report:\n", "  report:\n    provisionedConcurrency: 2\n")
    toy.deploy()
    restore(toy.project)
    toy.deploy()
    functions = toy.client("lambda")
    with pytest.raises(functions.exceptions.ProvisionedConcurrencyConfigNotFoundException):
        functions.get_provisioned_concurrency_config(
            FunctionName="toy-local-report", Qualifier="live"
        )
    assert promoted(toy) == before


def test_what_was_promoted_stays_when_snapstart_is_switched_on(toy: Deployed) -> None:
    before = promoted(toy)
    configure(toy.project, "  report:\n", "  report:\n    snapStart: true\n")
    toy.deploy()
    published = toy.client("lambda").get_function_configuration(
        FunctionName="toy-local-report", Qualifier=newest(toy)
    )
    assert newest(toy) != before
    assert published["SnapStart"]["ApplyOn"] == "PublishedVersions"
    assert promoted(toy) == before


def test_what_was_promoted_stays_when_a_deploy_fails_and_is_rolled_back(toy: Deployed) -> None:
    before = promoted(toy)
    configure(toy.project, "\n    Queue:\n", BREAKS + "    Queue:\n")
    write_release(toy.project, "broken")
    refusal(toy)
    (stack,) = toy.client("cloudformation").describe_stacks(StackName="toy-local")["Stacks"]
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert promoted(toy) == before
    restore(toy.project)
    toy.release("repaired")
    assert promoted(toy) == before


def test_a_function_that_is_added_is_live_at_once_and_then_stays(with_later: Deployed) -> None:
    before = promoted(with_later, "later")
    with_later.release("after-later")
    assert with_later.versions("later")[0] == before == promoted(with_later, "later")
    assert len(with_later.versions("later")) == 2


def test_a_function_is_removed_only_once_it_was_retired(with_later: Deployed) -> None:
    restore(with_later.project)
    said = refusal(with_later)
    retire_later(with_later)
    restore(with_later.project)
    functions = with_later.client("lambda")
    assert "no longer here (Later)" in said
    with pytest.raises(functions.exceptions.ResourceNotFoundException):
        functions.get_function(FunctionName="toy-local-later")


def test_a_deploy_waits_for_the_end_of_a_promotion(toy: Deployed) -> None:
    one, other = toy.versions()[-2:]
    toy.move(one, {other: 0.1})
    write_release(toy.project, "too-early")
    said = refusal(toy)
    assert "A promotion is under way" in said
    assert "calcutta release rollback --stage local" in said
    assert newest(toy) == other
    assert toy.alias()["RoutingConfig"] == {"AdditionalVersionWeights": {other: 0.1}}


def test_an_alias_that_somebody_removed_is_named(toy: Deployed) -> None:
    functions = toy.client("lambda")
    functions.delete_alias(FunctionName="toy-local-report", Name="live")
    write_release(toy.project, "without-alias")
    said = refusal(toy)
    functions.create_alias(
        FunctionName="toy-local-report", Name="live", FunctionVersion=newest(toy)
    )
    assert 'toy-local-report has lost its alias "live": put it back' in said


def test_versions_that_were_pruned_are_not_missed(toy: Deployed) -> None:
    before = promoted(toy)
    for version in toy.versions():
        if version != before:
            toy.client("lambda").delete_function(FunctionName="toy-local-report", Qualifier=version)
    configure(toy.project, "\nresources:\n", "\nresources:" + DESCRIBED)
    toy.release("after-pruning")
    assert promoted(toy) == before
    assert toy.versions() == [before, newest(toy)]


def test_a_package_that_was_made_before_is_deployed_alike(toy: Deployed, tmp_path: Path) -> None:
    before = promoted(toy)
    write_release(toy.project, "packaged")
    environment = deploy_environment(toy.emulator.endpoint) | {"CALCUTTA_PROMOTED": "true"}
    package = str(tmp_path / "package")
    stage = ("--stage", "local", "--package", package)
    packaged = osls(toy.project, "package", *stage, **environment)
    assert packaged.returncode == 0, packaged.stdout + packaged.stderr
    outcome = osls(toy.project, "deploy", *stage, **environment)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert (promoted(toy), newest(toy)) == (before, str(int(before) + 1))


def test_osls_does_not_roll_back_a_promoted_stage(toy: Deployed) -> None:
    environment = deploy_environment(toy.emulator.endpoint) | {"CALCUTTA_PROMOTED": "true"}
    outcome = osls(toy.project, "rollback", "--stage", "local", "-t", "1", **environment)
    assert outcome.returncode != 0
    assert "calcutta release rollback --stage local" in outcome.stdout + outcome.stderr
