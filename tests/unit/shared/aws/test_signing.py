"""Signatures are botocore's, for whatever is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

import botocore.auth
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from shared.aws.access import Access, Endpoint
from shared.aws.signing import Signer, payload_hash

AT_S = 1_795_000_000
STAMP = "20261118T110640Z"
words = st.text("abcXYZ019-_.~", min_size=1, max_size=12)
segments = st.text("abcXYZ019-_~%@:=+ é", min_size=1, max_size=12).map(
    lambda it: "".join(c if c.isascii() and c.isalnum() else f"%{ord(c):02X}" for c in it)
)
hosts = st.sampled_from(["http://127.0.0.1:4566", "https://a.execute-api.eu-west-1.amazonaws.com"])


@given(
    method=st.sampled_from(["POST", "DELETE"]),
    host=hosts,
    path=st.lists(segments, max_size=4).map(lambda it: "/" + "/".join(it)),
    body=st.binary(max_size=100),
    extra=st.dictionaries(st.sampled_from(["content-type", "x-amz-target", "accept"]), words),
    token=st.none() | words,
    secret=words,
    region=words,
    service=words,
)
def test_a_signature_is_the_one_of_botocore(
    method: str,
    host: str,
    path: str,
    body: bytes,
    extra: dict[str, str],
    token: str | None,
    secret: str,
    region: str,
    service: str,
) -> None:
    theirs = AWSRequest(method, host + path, headers=dict(extra), data=body)
    at = datetime.fromtimestamp(AT_S, UTC)
    with patch.object(botocore.auth, "get_current_datetime", lambda: at):
        SigV4Auth(Credentials("id", secret, token), service, region).add_auth(theirs)
    headers = {"host": Endpoint.of(host).authority, **extra}
    access = Access("id", secret, token, region)
    ours = Signer(access, service).signed(method, path, headers, payload_hash(body), AT_S)
    assert ours["authorization"] == theirs.headers["Authorization"]
    assert ours["x-amz-date"] == theirs.headers["X-Amz-Date"] == STAMP
    assert ours.get("x-amz-security-token") == theirs.headers.get("X-Amz-Security-Token") == token


def test_a_new_day_has_a_key_of_its_own() -> None:
    signer = Signer(Access("id", "secret", None, "us-east-1"), "dynamodb")
    headers, digest = {"host": "h"}, payload_hash(b"")
    today, tomorrow = (
        signer.signed("POST", "/", headers, digest, AT_S + day * 86_400)["authorization"]
        for day in (0, 1)
    )
    assert "20261118/" in today
    assert "20261119/" in tomorrow
    assert today.rpartition("=")[2] != tomorrow.rpartition("=")[2]
