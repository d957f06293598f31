import json
from pathlib import Path
from typing import Any

import pytest

from tests.local.toy_project import (
    configure,
    make_toy_project,
    osls,
    package,
    template,
    zipped_names,
)

CALLERS = {
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::Events::Rule",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
}


@pytest.fixture(scope="module")
def packaged_for_prod(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_toy_project(tmp_path_factory.mktemp("toy") / "project")
    outcome = package(project, "prod")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return project


@pytest.fixture(scope="module")
def packaged_for_local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_toy_project(tmp_path_factory.mktemp("toy") / "project")
    outcome = package(project, "local", AWS_ENDPOINT_URL="http://127.0.0.1:1")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return project


def of_types(project: Path, types: set[str]) -> dict[str, dict[str, Any]]:
    resources = template(project)["Resources"]
    return {name: it for name, it in resources.items() if it["Type"] in types}


def depended_on(project: Path) -> set[str]:
    needed = [it.get("DependsOn", []) for it in template(project)["Resources"].values()]
    return {name for names in needed for name in ([names] if isinstance(names, str) else names)}


def test_everything_that_calls_a_function_calls_its_live_alias(packaged_for_prod: Path) -> None:
    callers = of_types(packaged_for_prod, CALLERS)
    assert {it["Type"] for it in callers.values()} == CALLERS
    astray = {
        name
        for name, it in callers.items()
        if json.dumps(it["Properties"]).count("LambdaFunction")
        != json.dumps(it["Properties"]).count('"live"')
    }
    assert astray == set()


def test_live_is_at_the_version_that_the_deploy_publishes(packaged_for_prod: Path) -> None:
    aliases = of_types(packaged_for_prod, {"AWS::Lambda::Alias"})
    versions = of_types(packaged_for_prod, {"AWS::Lambda::Version"})
    assert len(aliases) == 3
    for alias in aliases.values():
        version_id, _ = alias["Properties"]["FunctionVersion"]["Fn::GetAtt"]
        version = versions[version_id]["Properties"]
        assert version["FunctionName"] == alias["Properties"]["FunctionName"]


def test_the_stack_says_the_arn_of_each_live_alias(packaged_for_prod: Path) -> None:
    outputs = template(packaged_for_prod)["Outputs"]
    assert outputs["ReportLiveArn"] == {
        "Value": {"Ref": "ReportLiveAlias"},
        "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-ReportLiveArn"}},
    }


def test_a_stage_in_aws_keeps_its_websocket_deployment(packaged_for_prod: Path) -> None:
    assert of_types(packaged_for_prod, {"AWS::ApiGatewayV2::Deployment"})


def test_stage_local_leaves_out_what_the_emulator_does_not_know(packaged_for_local: Path) -> None:
    unknown = {"AWS::ApiGatewayV2::Deployment", "AWS::ApiGatewayV2::RouteResponse"}
    assert of_types(packaged_for_local, unknown) == {}


def test_stage_local_refers_to_nothing_that_was_left_out(packaged_for_local: Path) -> None:
    resources = template(packaged_for_local)["Resources"]
    assert depended_on(packaged_for_local) <= set(resources)
    assert "DeploymentId" not in resources["WebsocketsDeploymentStage"]["Properties"]


def test_a_websocket_stage_deploys_itself_in_stage_local(packaged_for_local: Path) -> None:
    resources = template(packaged_for_local)["Resources"]
    assert resources["WebsocketsDeploymentStage"]["Properties"]["AutoDeploy"] is True


def test_the_zip_holds_the_service_and_the_shared_code_and_nothing_else(
    packaged_for_prod: Path,
) -> None:
    assert zipped_names(packaged_for_prod) == {
        "shared/__init__.py",
        "toy_service/__init__.py",
        "toy_service/handlers.py",
        "toy_service/release.py",
    }


def test_an_endpoint_variable_is_refused_for_a_stage_in_aws(tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    outcome = package(project, "prod", AWS_ENDPOINT_URL_S3="http://127.0.0.1:1")
    assert outcome.returncode != 0
    assert 'AWS_ENDPOINT_URL_S3 is set: only stage "local"' in outcome.stdout + outcome.stderr


def test_stage_local_is_refused_without_an_endpoint(tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    outcome = package(project, "local")
    assert outcome.returncode != 0
    assert 'Stage "local" needs AWS_ENDPOINT_URL' in outcome.stdout + outcome.stderr


@pytest.mark.parametrize("setting", ["snapStart: true", "provisionedConcurrency: 2"])
def test_a_function_that_starts_sooner_has_no_other_alias_than_live(
    tmp_path: Path, setting: str
) -> None:
    project = make_toy_project(tmp_path / "project")
    configure(project, "  report:\n", f"  report:\n    {setting}\n")
    outcome = package(project, "alice")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    aliases = of_types(project, {"AWS::Lambda::Alias"})
    assert {it["Properties"]["Name"] for it in aliases.values()} == {"live"}
    compiled = json.dumps(template(project))
    assert '"provisioned"' not in compiled
    assert '"snapstart"' not in compiled
    assert ("SnapStart" in compiled) == (setting == "snapStart: true")
    concurrency = aliases["ReportLiveAlias"]["Properties"].get("ProvisionedConcurrencyConfig")
    expected = {"ProvisionedConcurrentExecutions": 2}
    assert concurrency == (None if "snapStart" in setting else expected)


def test_a_service_that_does_not_say_whether_it_is_promoted_is_refused(tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    configure(project, "  promoted: ${file(../../serverless.common.yml):stage.promoted}\n", "")
    outcome = package(project, "prod")
    assert outcome.returncode != 0
    assert "custom.promoted is missing" in outcome.stdout + outcome.stderr


def test_a_stage_in_aws_cannot_be_made_a_promoted_one_or_none_from_outside(tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    printed = {
        stage: osls(
            project, "print", "--stage", stage, "--path", "custom.promoted", CALCUTTA_PROMOTED=it
        ).stdout
        for stage, it in (("prod", "false"), ("staging", "false"), ("alice", "true"))
    }
    assert {stage: it.split() for stage, it in printed.items()} == {
        "prod": ["true"],
        "staging": ["true"],
        "alice": ["false"],
    }


def test_each_function_has_a_role_of_its_own_and_there_is_no_other(
    packaged_for_prod: Path,
) -> None:
    functions = of_types(packaged_for_prod, {"AWS::Lambda::Function"})
    roles = [it["Properties"]["Role"]["Fn::GetAtt"][0] for it in functions.values()]
    assert len(set(roles)) == len(functions)
    assert set(of_types(packaged_for_prod, {"AWS::IAM::Role"})) == set(roles)


def test_only_the_stacks_own_api_may_call_a_function_by_websocket(
    packaged_for_prod: Path,
) -> None:
    permissions = of_types(packaged_for_prod, {"AWS::Lambda::Permission"})
    by_websocket = [it for name, it in permissions.items() if "Websockets" in name]
    assert len(by_websocket) == 2
    for permission in by_websocket:
        arn = permission["Properties"]["SourceArn"]["Fn::Sub"]
        assert arn.startswith("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:")
        assert arn.endswith(":${WebsocketsApi}/*")


def test_a_stage_may_have_a_long_name(tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    outcome = package(project, "s" * 28)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    roles = of_types(project, {"AWS::IAM::Role"}).values()
    assert [it for it in roles if "RoleName" in it["Properties"]] == []


def test_nothing_depends_on_a_resource_that_is_not_there(packaged_for_prod: Path) -> None:
    assert depended_on(packaged_for_prod) <= set(template(packaged_for_prod)["Resources"])


def test_a_function_that_says_no_rights_is_refused(tmp_path: Path) -> None:
    project = make_toy_project(tmp_path / "project")
    configure(project, "    iamRoleStatements: []\n", "")
    outcome = package(project, "prod")
    assert outcome.returncode != 0
    assert "No iamRoleStatements (an empty list will do): authorize." in (
        outcome.stdout + outcome.stderr
    )
