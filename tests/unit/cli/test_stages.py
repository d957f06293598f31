from __future__ import annotations

import pytest

from calcutta.problems import Problem
from calcutta.stages import check_environment, local_credentials
from tests.unit.cli.fakes import FakeBridge, FakeStacks, calcutta, fake_stage

LOCAL = {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}


def test_the_local_stage_needs_an_emulator() -> None:
    with pytest.raises(Problem, match="needs AWS_ENDPOINT_URL"):
        check_environment("local", {})
    check_environment("local", LOCAL)


@pytest.mark.parametrize("stage", ["alice", "staging", "prod"])
@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA"])
def test_a_leftover_endpoint_stops_every_other_stage(stage: str, variable: str) -> None:
    with pytest.raises(Problem, match=variable):
        check_environment(stage, {variable: "http://127.0.0.1:4566"})
    check_environment(stage, {variable: ""})


@pytest.mark.parametrize("name", ["", "Prod", "a b", "-x", "prod-x", "bridge", "a" * 40, "../x"])
def test_what_cannot_be_a_stage_s_name_is_refused(name: str) -> None:
    with pytest.raises(Problem, match="not the name of a stage"):
        check_environment(name, {})


def test_an_emulator_is_never_shown_a_profile_s_credentials() -> None:
    shown = local_credentials({"AWS_PROFILE": "company"})
    assert shown["aws_access_key_id"] == shown["aws_secret_access_key"] == "test"


def test_a_missing_stack_is_named_with_what_to_do() -> None:
    stage = fake_stage("alice", cloudformation=FakeStacks("other"))
    with pytest.raises(Problem, match=r"calcutta-identity-alice.*deploy --stage alice"):
        stage.output("identity", "UserPoolId")


def test_a_missing_output_is_named_with_what_to_do() -> None:
    with pytest.raises(Problem, match="no output Nothing"):
        fake_stage().output("identity", "Nothing")


def test_an_error_is_one_line_on_standard_error() -> None:
    stage = fake_stage("alice", cloudformation=FakeStacks("other"))
    result = calcutta("auction", "results", "a-1", "--stage", "alice", stage=stage)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("calcutta: stage 'alice' has no stack")
    assert result.stderr.count("\n") == 1


def test_without_an_emulator_the_default_stage_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    result = calcutta("auction", "results", "a-1")
    assert result.exit_code == 1
    assert "AWS_ENDPOINT_URL" in result.stderr


def test_a_failed_call_is_one_line_too() -> None:
    stage = fake_stage(functions=FakeBridge())
    result = calcutta("auction", "results", "a-1", stage=stage)
    assert result.exit_code == 1
    assert result.stderr == "calcutta: another service failed; try again\n"
