"""Signature Version 4, for requests without a query.

Source: AWS, "Create a signed AWS API request". A test compares with botocore's signatures.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from shared.aws.access import Access


class Signer:
    """Signs the requests of one service in one region."""

    def __init__(self, access: Access, service: str) -> None:
        self._access = access
        self._service = service

    def signed(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        payload_hash: str,
        at_s: float,
    ) -> dict[str, str]:
        """The headers with those that sign them.

        Args:
            path: as it is sent, escaped.
            headers: what is signed, by names in lower case; `host` must be among them.
            payload_hash: of the body, see `payload_hash`.
            at_s: seconds since the epoch; AWS takes a signature for five minutes.
        """
        access = self._access
        stamp = _stamp(int(at_s))
        all_headers = {**headers, "x-amz-date": stamp}
        if access.token is not None:
            all_headers["x-amz-security-token"] = access.token
        names = sorted(all_headers)
        listed = ";".join(names)
        canonical = "".join(f"{name}:{all_headers[name]}\n" for name in names)
        request = f"{method}\n{quote(path, safe='/~')}\n\n{canonical}\n{listed}\n{payload_hash}"
        scope = f"{stamp[:8]}/{access.region}/{self._service}/aws4_request"
        to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{_sha256(request.encode())}"
        key = _key(access.secret_key, scope)
        signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
        all_headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={access.access_key}/{scope}, "
            f"SignedHeaders={listed}, Signature={signature}"
        )
        return all_headers


def payload_hash(body: bytes) -> str:
    return _sha256(body)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=2)
def _stamp(second: int) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(second))


@lru_cache(maxsize=16)
def _key(secret: str, scope: str) -> bytes:
    """The key of a day, region and service: derived once for all their requests."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
