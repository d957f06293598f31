import json
from typing import Any

import pymssql
import pymysql
import pytest
from msgspec import ValidationError
from sqlalchemy.engine.default import DefaultDialect

from rds_bridge_service.adapters.credentials import Credentials, Logins, read_credentials


class OneSecret:
    def __init__(self, **secret: str) -> None:
        self._secret = secret

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]:
        return {"ARN": SecretId, "SecretString": json.dumps(self._secret)}


def test_the_form_that_rds_keeps_is_understood() -> None:
    secret = OneSecret(username="bridge", password="p@ss", engine="sqlserver")
    assert read_credentials(secret, "arn") == Credentials("bridge", "p@ss")


def test_a_secret_without_a_password_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_credentials(OneSecret(username="bridge"), "arn")


def test_the_password_is_not_shown() -> None:
    credentials = Credentials("bridge", "p@ss")
    assert "p@ss" not in repr(credentials) + str(credentials) + f"{credentials}"


class OneServer(DefaultDialect):
    """A server with a password, asked by a driver that says no in some way."""

    def __init__(self, password: str, refusal: Exception) -> None:
        super().__init__()
        self.password = password
        self.refusal = refusal
        self.tried: list[str] = []

    def connect(self, *_: Any, **arguments: Any) -> Any:
        assert arguments["user"] == "bridge"
        self.tried.append(arguments["password"])
        if arguments["password"] != self.password:
            raise self.refusal
        return "a connection"


class Secret:
    """A secret that says these passwords, one each time it is read."""

    def __init__(self, *passwords: str) -> None:
        self.passwords = list(passwords)

    def __call__(self) -> Credentials:
        return Credentials("bridge", self.passwords.pop(0))


REFUSAL = pymssql.OperationalError((18456, b"Login failed for user 'bridge'."))


def test_the_secret_is_read_once_while_it_is_right() -> None:
    server, secret = OneServer("old", REFUSAL), Secret("old", "new")
    logins = Logins(secret)
    assert [logins.connect(server, None, [], {}) for _ in range(2)] == ["a connection"] * 2
    assert secret.passwords == ["new"]


@pytest.mark.parametrize(
    "refusal", [REFUSAL, pymysql.err.OperationalError(1045, "Access denied")], ids=["18456", "1045"]
)
def test_a_password_that_was_changed_is_read_again(refusal: Exception) -> None:
    server, logins = OneServer("old", refusal), Logins(Secret("old", "new"))
    logins.connect(server, None, [], {})
    server.password = "new"
    for _ in range(2):
        assert logins.connect(server, None, [], {}) == "a connection"
    assert server.tried == ["old", "old", "new", "new"]


def test_the_same_password_is_not_tried_twice() -> None:
    """Servers lock users out."""
    server, logins = OneServer("other", REFUSAL), Logins(Secret("old", "old"))
    with pytest.raises(pymssql.OperationalError):
        logins.connect(server, None, [], {})
    assert server.tried == ["old"]


def test_a_server_that_is_away_has_nothing_to_do_with_the_secret() -> None:
    server = OneServer("other", pymssql.OperationalError((20009, b"DB-Lib error message 20009")))
    secret = Secret("old", "new")
    with pytest.raises(pymssql.OperationalError):
        Logins(secret).connect(server, None, [], {})
    assert secret.passwords == ["new"]
