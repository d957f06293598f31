"""The database's user and password, from Secrets Manager, also after they were changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from sqlalchemy.engine import Dialect

from rds_bridge_service.adapters.faults import is_login_refused
from shared.logs import logger


class SecretsClient(Protocol):
    """The one call of boto3's Secrets Manager client that is used here."""

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]: ...  # noqa: N803 - boto3's names


class Credentials(msgspec.Struct, frozen=True):
    """Not to be logged: `repr` shows the user only."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials(username={self.username!r})"


def read_credentials(client: SecretsClient, secret_arn: str) -> Credentials:
    """The credentials in a secret of the form that RDS itself keeps: {"username", "password"}."""
    secret = client.get_secret_value(SecretId=secret_arn)
    return msgspec.json.decode(secret["SecretString"], type=Credentials)


class Logins:
    """Connects with the credentials there were, and with new ones once they are refused.

    A container is warm for hours, and RDS changes the password of a secret that it keeps every
    seven days. A secret that says the same as before is not tried again: servers lock users out.

    Args:
        read: reads the credentials.
    """

    def __init__(self, read: Callable[[], Credentials]) -> None:
        self._read = read
        self._known: Credentials | None = None

    def connect(
        self, dialect: Dialect, _record: object, positional: list[Any], arguments: dict[str, Any]
    ) -> Any:
        """A connection of the driver's; a listener to SQLAlchemy's event `do_connect`."""

        def log_in(credentials: Credentials) -> Any:
            self._known = credentials
            login = {"user": credentials.username, "password": credentials.password}
            return dialect.connect(*positional, **arguments | login)

        refused = self._known or self._read()
        try:
            return log_in(refused)
        except Exception as error:
            if not is_login_refused(error) or (changed := self._read()) == refused:
                raise
            logger().warning("the database's password was changed; with the new one")
            return log_in(changed)
