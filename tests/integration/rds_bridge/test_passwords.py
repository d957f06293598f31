"""A password that is changed while containers are warm, on the servers themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters.credentials import Credentials, Logins
from rds_bridge_service.adapters.database import open_database, reading
from tests.databases.tds import TdsServer

MAKE = {
    "postgresql": "CREATE ROLE {user} LOGIN PASSWORD '{password}'",
    "mysql": "CREATE USER {user} IDENTIFIED BY '{password}'",
}
CHANGE = {
    "postgresql": "ALTER ROLE {user} PASSWORD '{password}'",
    "mysql": "ALTER USER {user} IDENTIFIED BY '{password}'",
}
DROP = {"postgresql": "DROP ROLE {user}", "mysql": "DROP USER {user}"}


class OneUser:
    """A user of a server, with the password `old`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = f"u{uuid4().hex[:12]}"
        self._say(MAKE, "old")

    def change_password(self, password: str) -> None:
        self._say(CHANGE, password)

    def drop(self) -> None:
        self._say(DROP, "")

    def _say(self, statements: dict[str, str], password: str) -> None:
        statement = statements[self._engine.dialect.name]
        with self._engine.begin() as connection:
            connection.execute(text(statement.format(user=self.name, password=password)))


@pytest.fixture
def user(engine: Engine) -> Iterator[OneUser]:
    if engine.dialect.name not in MAKE:
        pytest.skip("no users to be made there; SQL Server's stand-in has one below")
    user = OneUser(engine)
    yield user
    user.drop()


class Secret:
    def __init__(self, username: str) -> None:
        self.now = Credentials(username, "old")

    def __call__(self) -> Credentials:
        return self.now


@contextmanager
def container(url: URL, secret: Secret) -> Iterator[Engine]:
    """A warm one: it has logged in with the password there was."""
    # MySQL's user may see no database, and needs none to log in
    database = None if url.get_backend_name() == "mysql" else url.database
    server = URL.create(url.drivername, host=url.host, port=url.port, database=database)
    engine = open_database(server, logins=Logins(secret))
    assert one(engine) == 1
    engine.dispose()
    yield engine
    engine.dispose()


def one(engine: Engine) -> object:
    return reading(engine, lambda connection: connection.execute(text("SELECT 1")).scalar_one())


def test_a_warm_container_logs_in_with_the_new_password(user: OneUser, database_url: str) -> None:
    secret = Secret(user.name)
    with container(make_url(database_url), secret) as engine:
        user.change_password("new")
        secret.now = Credentials(user.name, "new")
        assert one(engine) == 1


def test_a_password_that_the_secret_does_not_know_is_refused(
    user: OneUser, database_url: str
) -> None:
    with container(make_url(database_url), Secret(user.name)) as engine:
        user.change_password("new")
        with pytest.raises(DBAPIError):
            one(engine)


def test_on_sql_server_too() -> None:
    with TdsServer() as server:
        secret = Secret("sa")
        server.passwords["sa"] = "old"
        with container(make_url(server.url), secret) as engine:
            server.passwords["sa"] = "new"
            secret.now = Credentials("sa", "new")
            assert one(engine) == 1
        assert [password for _, password in server.logins] == ["old", "old", "new"]
