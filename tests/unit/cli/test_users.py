from __future__ import annotations

import re

import pytest

from calcutta import entry
from calcutta.problems import Problem
from calcutta.users import REFRESH_S, SignedIn, Users, random_password
from shared.auction import Member
from shared.bridge import Sales
from tests.unit.cli.fakes import FakeBridge, FakeCognito, fake_stage


async def test_the_operator_signs_in_as_anybody_in_a_stage_of_their_own() -> None:
    cognito = FakeCognito("ben")
    token = entry.as_operator(Users(fake_stage("alice", cognito=cognito)), "ben")
    assert isinstance(token, SignedIn)
    assert await token() == "token-1-of-ben"


@pytest.mark.parametrize("stage", ["staging", "prod"])
def test_nobody_signs_in_as_somebody_else_in_a_promoted_stage(stage: str) -> None:
    cognito = FakeCognito("ben")
    with pytest.raises(Problem, match="real people"):
        entry.as_operator(Users(fake_stage(stage, cognito=cognito)), "ben")
    assert cognito.passwords == {}


@pytest.mark.parametrize("stage", ["staging", "prod"])
def test_the_commissioner_of_a_promoted_stage_has_to_say_who_they_are(stage: str) -> None:
    with pytest.raises(Problem, match="--as EMAIL"):
        entry.as_commissioner(fake_stage(stage), "a-1", None)


async def test_a_person_signs_in_with_their_own_password_in_a_promoted_stage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CALCUTTA_PASSWORD", "their own")
    cognito = FakeCognito("ben@example.com")
    cognito.passwords["ben@example.com"] = "their own"
    token = entry.as_person(fake_stage("prod", cognito=cognito), "ben@example.com")
    assert isinstance(token, SignedIn)
    assert await token() == "token-1-of-ben@example.com"


async def test_a_wrong_password_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALCUTTA_PASSWORD", "wrong")
    cognito = FakeCognito("ben@example.com")
    token = entry.as_person(fake_stage("prod", cognito=cognito), "ben@example.com")
    assert isinstance(token, SignedIn)
    with pytest.raises(Problem, match="wrong e-mail or password"):
        await token()


async def test_the_commissioner_is_found_in_the_league() -> None:
    members = (Member(0, "s-0", "Ada", "bidder"), Member(1, "s-1", "Ben", "commissioner"))
    functions = FakeBridge(ListSales=lambda request: Sales(members, ()))
    stage = fake_stage(functions=functions, cognito=FakeCognito("s-0", "s-1"))
    token = entry.as_commissioner(stage, "a-1", None)
    assert isinstance(token, SignedIn)
    assert await token() == "token-1-of-s-1"


async def test_a_token_is_kept_while_it_is_valid() -> None:
    cognito = FakeCognito("ben")
    token = entry.as_operator(Users(fake_stage(cognito=cognito)), "ben")
    assert isinstance(token, SignedIn)
    assert await token() == await token()


async def test_a_token_that_is_about_to_expire_is_replaced() -> None:
    cognito = FakeCognito("ben")
    cognito.valid_s = REFRESH_S
    token = entry.as_operator(Users(fake_stage(cognito=cognito)), "ben")
    assert isinstance(token, SignedIn)
    assert await token() != await token()


def test_a_random_password_meets_the_pool_s_policy() -> None:
    password = random_password()
    assert len(password) >= 12
    assert all(re.search(kind, password) for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]"))
    assert password != random_password()
