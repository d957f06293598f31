import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcutta.config.secrets import looks_secret
from shared.settings import Settings


@pytest.mark.parametrize(
    "text",
    [
        "DB_PASSWORD",
        "stripe_secret",
        "session-token",
        "api_key",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "-----BEGIN RSA PRIVATE KEY-----",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-1234-abcd",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "mssql://sa:hunter2@db.internal/calcutta",
    ],
)
def test_a_secret_is_known_by_its_name_or_its_look(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    [*Settings.__struct_fields__, "15000", "30s", "$1,000,000.00", "clock_msec", "yes", ""],
)
def test_a_setting_and_what_it_is_set_to_are_no_secrets(text: str) -> None:
    assert not looks_secret(text)


def test_random_tokens_are_secrets() -> None:
    tokens = [secrets.token_urlsafe(24) for _ in range(500)]
    assert [it for it in tokens if not looks_secret(it) and any(c.isdigit() for c in it)] == []


@given(st.binary(min_size=32, max_size=64).filter(lambda it: len(set(it)) > 24))
def test_random_bytes_in_base64_are_secrets_unless_they_have_no_digit(data: bytes) -> None:
    text = base64.b64encode(data).decode()
    assert looks_secret(text) or not any(it.isdigit() for it in text)


@given(st.integers(min_value=-(10**30), max_value=10**30))
def test_no_integer_is_a_secret(number: int) -> None:
    assert not looks_secret(str(number))
