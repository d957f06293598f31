from __future__ import annotations

import csv

import pytest

from local import night
from tests.unit.cli.fakes import FakeCognito, fake_stage


def test_people_are_told_where_to_go_and_as_whom(capsys: pytest.CaptureFixture[str]) -> None:
    stage = fake_stage(cognito=FakeCognito(*night.PEOPLE))
    night.invite(stage)
    lines = capsys.readouterr().out.splitlines()
    assert any(stage.output("web", "PageUrl") in it and night.PASSWORD in it for it in lines)
    told = [it.split()[1:] for it in lines if "@" in it]
    assert told == [[email, role] for email, role in night.PEOPLE.items()]


def test_who_is_told_of_can_sign_in() -> None:
    cognito = FakeCognito(*night.PEOPLE)
    night.invite(fake_stage(cognito=cognito))
    assert cognito.passwords == dict.fromkeys(night.PEOPLE, night.PASSWORD)


def test_who_is_told_of_is_a_member_of_the_example_in_that_role() -> None:
    with (night.EXAMPLE / "members.csv").open(encoding="utf-8") as file:
        roles = {row["email"]: row["role"] for row in csv.DictReader(file)}
    assert night.PEOPLE.items() <= roles.items()
