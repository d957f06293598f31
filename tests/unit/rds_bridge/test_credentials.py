import json
from typing import Any

import pytest
from msgspec import ValidationError

from rds_bridge_service.adapters.credentials import Credentials, read_credentials


class OneSecret:
    def __init__(self, **secret: str) -> None:
        self._secret = secret

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]:  # noqa: N803
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
