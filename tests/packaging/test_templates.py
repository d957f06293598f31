import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from cfnlint.api import ManualArgs, lint_file

from tests.packaging.services import ROOT, SERVICES, STAGE, Packaged
from tests.packaging.templates import functions_of, live_of, parts, unaliased

pytestmark = pytest.mark.xdist_group("packaging")

HARMLESS = {
    "W3005": "osls and the role plugin add a DependsOn beside the reference that implies it",
    "W6001": "the page's configuration is an output, and consists of what other stacks export",
}
"""Rules of cfn-lint that are broken, and why that does no harm."""

CALLERS = (
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::Events::Rule",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
)

API_LIMIT_S = 29
"""How long a WebSocket API waits for a function; an HTTP API waits for 30 seconds."""

VARIABLE = re.compile(r"\$context\.[\w.]+")
LOGGED = {
    f"$context.{it}"
    for it in ("requestId", "routeKey", "status", "responseLatency", "authorizer.error")
}

SECRET_NAME = re.compile(r"PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|(API|PRIVATE|ACCESS)_?KEY")
SECRET_VALUE = re.compile(r"\{\{resolve:|://[^/\s]*:[^/\s]*@|AKIA[0-9A-Z]{16}")


def environments(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    functions = functions_of(template).items()
    return {name: it.get("Environment", {}).get("Variables", {}) for name, it in functions}


def imports(template: dict[str, Any]) -> set[str]:
    """The exported names that a template takes from other stacks."""
    nodes = [it for it in parts(template) if isinstance(it, dict)]
    return {it["Fn::ImportValue"] for it in nodes if "Fn::ImportValue" in it}


def exports(template: dict[str, Any], stack: str) -> set[str]:
    names = [it["Export"]["Name"] for it in template["Outputs"].values() if "Export" in it]
    texts = [it["Fn::Sub"] if isinstance(it, dict) else it for it in names]
    return {it.replace("${AWS::StackName}", stack) for it in texts}


def test_cfn_lint_has_nothing_to_say(packaged: Packaged) -> None:
    arguments = ManualArgs(regions=["us-east-1"], ignore_checks=list(HARMLESS))
    found = lint_file(packaged.template_path, config=arguments)
    assert [str(it) for it in found] == []


def test_functions_run_python_3_13_on_arm64(artifact: Packaged) -> None:
    functions = functions_of(artifact.template)
    assert functions
    runtimes = {(it["Runtime"], *it["Architectures"]) for it in functions.values()}
    assert runtimes == {("python3.13", "arm64")}


def test_no_function_is_named_without_its_alias(packaged: Packaged) -> None:
    template = packaged.template
    # What is about a function and calls none; the alias stands in a field of its own there.
    named_by = (
        "AWS::CloudWatch::Alarm",
        "AWS::Lambda::Alias",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::Version",
    )
    others = {name: it for name, it in template["Resources"].items() if it["Type"] not in named_by}
    functions = set(functions_of(template))
    assert list(unaliased([others, template["Outputs"]], functions)) == []


def test_a_function_named_without_its_alias_is_found() -> None:
    functions = {"BidLambdaFunction"}
    arn = {"Fn::GetAtt": ["BidLambdaFunction", "Arn"]}
    assert list(unaliased({"a": {"Fn::Join": [":", [arn, "live"]]}}, functions)) == []
    assert list(unaliased({"a": {"Fn::Sub": "${BidLambdaFunction.Arn}:live"}}, functions)) == []
    astray = {
        "arn": arn,
        "name": {"Ref": "BidLambdaFunction"},
        "other_alias": {"Fn::Join": [":", [arn, "latest"]]},
        "text": [{"Fn::Sub": "${BidLambdaFunction.Arn}"}],
        "literal": "arn:aws:lambda:us-east-1:123456789012:function:bid",
    }
    assert list(unaliased(astray, functions)) == [
        "$.arn",
        "$.name",
        "$.other_alias.Fn::Join[1][0]",
        "$.text[0]",
        "$.literal",
    ]


def test_whatever_calls_a_function_calls_its_live_alias(artifact: Packaged) -> None:
    functions = set(functions_of(artifact.template))
    callers = {
        name: it for name, it in artifact.resources(*CALLERS) if it.get("AuthorizerType") != "JWT"
    }
    assert callers
    astray = {
        name
        for name, it in callers.items()
        if not functions & {live_of(part) for part in parts(it)}
    }
    assert astray == set()


def test_every_function_has_its_alias_at_the_version_of_this_deploy(artifact: Packaged) -> None:
    aliases = dict(artifact.resources("AWS::Lambda::Alias"))
    versions = dict(artifact.resources("AWS::Lambda::Version"))
    aliased = set()
    for alias in aliases.values():
        version_id, _ = alias["FunctionVersion"]["Fn::GetAtt"]
        assert alias["Name"] == "live"
        assert versions[version_id]["FunctionName"] == alias["FunctionName"]
        aliased.add(alias["FunctionName"]["Ref"])
    assert aliased == set(functions_of(artifact.template))


def test_every_function_knows_its_stage(artifact: Packaged) -> None:
    found = [it.get("STAGE") for it in environments(artifact.template).values()]
    assert set(found) == {STAGE}


def test_no_environment_variable_holds_a_secret(artifact: Packaged) -> None:
    suspects = {
        (function, name)
        for function, variables in environments(artifact.template).items()
        for name, value in variables.items()
        if (SECRET_NAME.search(name) and not name.endswith("_ARN"))
        or any(SECRET_VALUE.search(it) for it in parts(value) if isinstance(it, str))
    }
    assert suspects == set()


def test_an_environment_variable_that_ends_in_arn_holds_an_arn(artifact: Packaged) -> None:
    """A secret cannot hide behind the name of an address."""
    arns = [
        value
        for variables in environments(artifact.template).values()
        for name, value in variables.items()
        if name.endswith("_ARN")
    ]
    assert arns
    assert [it for it in arns if isinstance(it, str) and not it.startswith("arn:")] == []


def test_every_function_that_speaks_sql_is_in_the_vpc(
    packaged_service: Callable[[str], Packaged],
) -> None:
    functions = functions_of(packaged_service("rds-bridge").template).values()
    speak_sql = [it for it in functions if "DATABASE_HOST" in it["Environment"]["Variables"]]
    assert speak_sql
    for function in speak_sql:
        assert set(function["VpcConfig"]) >= {"SubnetIds", "SecurityGroupIds"}


def test_the_live_auction_is_outside_the_vpc(
    packaged_service: Callable[[str], Packaged],
) -> None:
    functions = functions_of(packaged_service("websocket").template)
    assert functions
    assert [name for name, it in functions.items() if "VpcConfig" in it] == []


def test_the_bridge_answers_before_its_caller_gives_up(
    packaged_service: Callable[[str], Packaged],
) -> None:
    bridge = functions_of(packaged_service("rds-bridge").template)
    callers = functions_of(packaged_service("websocket").template)
    for callee, caller in (("FindMember", "IssueTicket"), ("OpenAuction", "OpenAuction")):
        timeouts = [
            bridge[f"{callee}LambdaFunction"]["Timeout"],
            callers[f"{caller}LambdaFunction"]["Timeout"],
            API_LIMIT_S,
        ]
        assert timeouts == sorted(set(timeouts))


def test_each_api_is_throttled(packaged_service: Callable[[str], Packaged]) -> None:
    stages = dict(packaged_service("websocket").resources("AWS::ApiGatewayV2::Stage"))
    assert len(stages) == 2
    for stage in stages.values():
        settings = stage["DefaultRouteSettings"]
        assert settings["ThrottlingRateLimit"] > 0
        assert settings["ThrottlingBurstLimit"] > 0


def test_no_api_logs_what_it_was_asked_with(
    packaged_service: Callable[[str], Packaged],
) -> None:
    """The ticket is in the query string of `$connect`."""
    for _, stage in packaged_service("websocket").resources("AWS::ApiGatewayV2::Stage"):
        logged = stage.get("AccessLogSettings", {}).get("Format", "")
        assert set(VARIABLE.findall(logged)) <= LOGGED
        assert not {"LoggingLevel", "DataTraceEnabled"} & set(stage["DefaultRouteSettings"])


def test_what_a_stack_imports_is_exported_by_one_that_is_deployed_before(
    packaged_service: Callable[[str], Packaged],
) -> None:
    compose = yaml.safe_load((ROOT / "serverless-compose.yml").read_text(encoding="utf-8"))
    assert sorted(compose["services"]) == SERVICES
    for service, entry in compose["services"].items():
        before = entry.get("dependsOn", [])
        offered: set[str] = set()
        for other in [before] if isinstance(before, str) else before:
            template = packaged_service(other).template
            offered |= exports(template, f"calcutta-{other}-{STAGE}")
        assert imports(packaged_service(service).template) - offered == set(), service
