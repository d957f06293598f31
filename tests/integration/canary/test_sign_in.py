"""Signing in, on moto."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import msgspec
import pytest
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from canary_service.adapters.sign_in import CognitoSignIn
from canary_service.logic.ports import StepFailed
from shared.canary import CanaryUser
from shared.synthetic import CANARY_EMAIL

PARAMETER = "/calcutta/alice/canary/user"


@dataclass
class Pool:
    """A user pool with the canary in it, and the parameter that says so."""

    cognito: Any
    ssm: Any
    pool_id: str
    client_id: str

    def give(self, password: str) -> None:
        self.cognito.admin_set_user_password(
            UserPoolId=self.pool_id, Username=CANARY_EMAIL, Password=password, Permanent=True
        )

    def keep(self, value: str) -> None:
        self.ssm.put_parameter(Name=PARAMETER, Value=value, Type="SecureString", Overwrite=True)

    def prepare(self, password: str) -> None:
        self.give(password)
        user = CanaryUser(CANARY_EMAIL, password, "synthetic-a")
        self.keep(msgspec.json.encode(user).decode())

    def sign_in(self) -> CognitoSignIn:
        return CognitoSignIn(self.ssm, self.cognito, PARAMETER, self.client_id)


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        cognito, ssm = boto3.client("cognito-idp"), boto3.client("ssm")
        pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
        client = cognito.create_user_pool_client(
            UserPoolId=pool_id, ClientName="c", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
        )
        cognito.admin_create_user(UserPoolId=pool_id, Username=CANARY_EMAIL)
        yield Pool(cognito, ssm, pool_id, client["UserPoolClient"]["ClientId"])


def why(pool: Pool, sign_in: CognitoSignIn | None = None) -> str:
    with pytest.raises(StepFailed) as failed:
        (sign_in or pool.sign_in())()
    return failed.value.why


def test_it_signs_in_as_the_user_that_was_prepared(pool: Pool) -> None:
    pool.prepare("Password-1-long")
    entry = pool.sign_in()()
    assert entry.auction_id == "synthetic-a"
    assert entry.token.count(".") == 2


def test_each_check_signs_in_anew_and_reads_the_user_once(pool: Pool) -> None:
    pool.prepare("Password-1-long")
    sign_in = pool.sign_in()
    sign_in()
    pool.ssm.delete_parameter(Name=PARAMETER)
    assert sign_in().auction_id == "synthetic-a"


def test_a_password_that_was_changed_is_read_again(pool: Pool) -> None:
    pool.prepare("Password-1-long")
    sign_in = pool.sign_in()
    sign_in()
    pool.prepare("Password-2-long")
    assert sign_in().auction_id == "synthetic-a"


def test_without_a_user_it_says_what_to_do(pool: Pool) -> None:
    assert why(pool) == "it has no user; run calcutta canary prepare"


@pytest.mark.parametrize("value", ["s3cret", '{"password": "s3cret"}'])
def test_a_user_that_cannot_be_read_is_not_quoted(pool: Pool, value: str) -> None:
    pool.keep(value)
    assert why(pool) == "its user cannot be read; run calcutta canary prepare"


def test_a_wrong_password_says_what_to_do_and_not_which_it_is(pool: Pool) -> None:
    pool.prepare("Password-1-long")
    pool.give("Password-3-long")
    assert why(pool) == "its password was refused; run calcutta canary prepare"


def test_a_user_who_is_gone_says_what_to_do(pool: Pool) -> None:
    pool.prepare("Password-1-long")
    pool.cognito.admin_delete_user(UserPoolId=pool.pool_id, Username=CANARY_EMAIL)
    assert why(pool) == "its password was refused; run calcutta canary prepare"


def test_an_aws_that_refuses_is_named_by_its_code(pool: Pool) -> None:
    pool.prepare("Password-1-long")
    sign_in = CognitoSignIn(pool.ssm, pool.cognito, PARAMETER, "nobodysclient")
    assert why(pool, sign_in) == "AWS said ResourceNotFoundException"


def test_an_aws_that_does_not_answer_fails(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="https://internal.example.com")

    monkeypatch.setattr(pool.ssm, "get_parameter", silent)
    assert why(pool) == "AWS did not answer"
