"""The stand-in for `@connections` knows a signature from a forgery."""

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from bench.scene.management_endpoint import SECRET, connection_ids, is_gone, is_signed

PATH, BODY = "/bench/%40connections/L0SM9000001cCIhw%3D", b'{"type":"event"}'


def signed(secret: str = SECRET) -> dict[str, str]:
    request = AWSRequest("POST", f"https://localhost:1{PATH}", data=BODY)
    SigV4Auth(Credentials("test", secret), "execute-api", "us-east-1").add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return headers | {"host": "localhost:1"}


def test_a_request_that_botocore_signed_is_signed() -> None:
    assert is_signed("POST", PATH, signed(), BODY)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", PATH, BODY),
        ("POST", PATH.replace("1c", "2c"), BODY),
        ("POST", PATH, BODY + b" "),
    ],
)
def test_a_signature_is_for_its_request_alone(method: str, path: str, body: bytes) -> None:
    assert not is_signed(method, path, signed(), body)


def test_another_key_does_not_sign() -> None:
    assert not is_signed("POST", PATH, signed("guessed"), BODY)


def test_a_request_without_a_signature_is_not_signed() -> None:
    assert not is_signed("POST", PATH, {"host": "localhost"}, BODY)


def test_one_connection_in_a_hundred_is_gone() -> None:
    ids = connection_ids(500)
    assert len(set(ids)) == 500
    assert sum(map(is_gone, ids)) == 5
