"""Who calls, from where: read from the environment as Lambda sets it, once."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

import msgspec

_ENDPOINT_OF = "AWS_ENDPOINT_URL_"


class Endpoint(msgspec.Struct, frozen=True):
    """Where a service is reached; `prefix` stands before every path."""

    host: str
    port: int
    secure: bool
    prefix: str = ""

    @classmethod
    def of(cls, url: str) -> Endpoint:
        """Raises ValueError: neither `http` nor `https`, or no host."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname is None:
            raise ValueError(f"no endpoint: {url}")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        return cls(parts.hostname, port, secure, parts.path.rstrip("/"))

    @property
    def authority(self) -> str:
        """As the header `host` names it: the port only if it is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


class Access(msgspec.Struct, frozen=True):
    """Credentials, region (of AWS's public partition), and what the environment says of endpoints.

    Lambda's credentials outlive its container, so they are not asked for again.
    """

    access_key: str
    secret_key: str
    token: str | None
    region: str
    endpoint_url: str | None = None
    """Of an emulator, for all services."""
    endpoint_urls: Mapping[str, str] = {}
    """Of single services, by their names."""
    authorities: str | None = None
    """A file of certificates to trust in place of the system's."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Access:
        """From Lambda's variables; what botocore calls them holds here, too."""
        return cls(
            access_key=environ["AWS_ACCESS_KEY_ID"],
            secret_key=environ["AWS_SECRET_ACCESS_KEY"],
            token=environ.get("AWS_SESSION_TOKEN") or None,
            region=environ.get("AWS_REGION") or environ["AWS_DEFAULT_REGION"],
            endpoint_url=environ.get("AWS_ENDPOINT_URL") or None,
            endpoint_urls={
                name.removeprefix(_ENDPOINT_OF).lower().replace("_", "-"): url
                for name, url in environ.items()
                if name.startswith(_ENDPOINT_OF) and url
            },
            authorities=environ.get("AWS_CA_BUNDLE") or None,
        )

    def endpoint(self, service: str) -> Endpoint:
        said = self.endpoint_urls.get(service) or self.endpoint_url
        return Endpoint.of(said or f"https://{service}.{self.region}.amazonaws.com")

    def trust(self) -> ssl.SSLContext:
        """Certificates and host names are verified."""
        return _trust(self.authorities)


@cache
def _trust(authorities: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authorities)
