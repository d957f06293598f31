"""Posts over TLS: whose certificates are believed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bench.scene.management_endpoint import Endpoint, running_endpoint
from shared.aws.access import Access
from websocket_service.adapters.sockets import ApiGatewaySockets

ACCESS = Access("test", "test", None, "us-east-1")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with running_endpoint(tmp_path_factory.mktemp("certificates")) as endpoint:
        yield endpoint


@pytest.fixture
def trusting(endpoint: Endpoint) -> Access:
    endpoint.reset()
    return replace(ACCESS, authorities=str(endpoint.authority))


def test_a_signed_post_arrives_where_the_certificate_is_trusted(
    endpoint: Endpoint, trusting: Access
) -> None:
    assert ApiGatewaySockets(trusting, endpoint.url).post(["L0SM9000001cCIhw="], b"hello") == []
    assert endpoint.counts().delivered == 1


def test_nothing_is_sent_to_an_unknown_authoritys_server(endpoint: Endpoint) -> None:
    endpoint.reset()
    assert ApiGatewaySockets(ACCESS, endpoint.url).post(["L0SM9000001cCIhw="], b"hello") == []
    assert endpoint.counts().delivered == 0


def test_nothing_is_sent_to_a_server_of_another_name(endpoint: Endpoint, trusting: Access) -> None:
    elsewhere = endpoint.url.replace("localhost", "127.0.0.1")
    assert ApiGatewaySockets(trusting, elsewhere).post(["L0SM9000001cCIhw="], b"hello") == []
    assert endpoint.counts().delivered == 0
