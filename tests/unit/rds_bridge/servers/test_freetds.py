from collections.abc import Iterator
from pathlib import Path

import pytest

from rds_bridge_service.adapters.servers.freetds import (
    certified_name,
    configuration,
    section,
    trust,
)

HOST = "db.abc.us-east-1.rds.amazonaws.com"
PROXY = "bridge.proxy-abc.us-east-1.rds.amazonaws.com"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    for host in (HOST, PROXY):
        trust(host, None)


def configured() -> str:
    return configuration().read_text(encoding="utf-8")


def test_a_databases_certificate_is_for_its_name() -> None:
    assert certified_name(HOST) == HOST


def test_a_proxys_certificate_is_for_all_proxies_of_the_account() -> None:
    assert certified_name(PROXY) == "*.proxy-abc.us-east-1.rds.amazonaws.com"


def test_each_host_has_authorities_of_its_own() -> None:
    trust(HOST, Path("/one.pem"))
    trust(PROXY, Path("/other.pem"))
    assert section(HOST, Path("/one.pem")) in configured()
    assert section(PROXY, Path("/other.pem")) in configured()


def test_of_a_host_the_latest_holds() -> None:
    trust(HOST, Path("/one.pem"))
    trust(HOST, Path("/other.pem"))
    assert configured().count(f"[{HOST}]") == 1
    assert "/one.pem" not in configured()


def test_a_host_that_needs_no_certificate_is_not_there() -> None:
    trust(HOST, Path("/one.pem"))
    trust(HOST, None)
    assert HOST not in configured()


def test_nobody_else_can_say_whom_to_trust() -> None:
    trust(HOST, Path("/one.pem"))
    assert configuration().parent.stat().st_mode & 0o077 == 0
