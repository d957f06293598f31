"""Whose certificates are taken: real servers with one of an authority that tests have made."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pymssql
import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters.database import AUTHORITIES, open_database
from rds_bridge_service.adapters.servers.freetds import section
from tests.databases.certificates import Authority
from tests.databases.identity import Identity
from tests.databases.mariadb import running_mariadb
from tests.databases.postgresql import running_postgresql
from tests.databases.server import Server, ServerMissing
from tests.databases.tds import TdsServer

NAME = "localhost"
IS_ENCRYPTED = {
    "postgresql": "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
    "mysql": "SELECT variable_value FROM information_schema.session_status"
    " WHERE variable_name = 'Ssl_version'",
}


def running_sql_server(identity: Identity) -> TdsServer:
    """The stand-in for it, which speaks to nobody in clear text."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(identity.certificate, identity.key)
    # as SQL Server: 1.3 is for a later version of its protocol
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    return TdsServer(tls=tls)


RUNNING: dict[str, Callable[[Identity], AbstractContextManager[Server | TdsServer]]] = {
    "postgresql": lambda identity: running_postgresql(identity=identity),
    "mariadb": lambda identity: running_mariadb(identity=identity),
    "sql_server": running_sql_server,
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module", params=RUNNING)
def url(request: pytest.FixtureRequest, authority: Authority) -> Iterator[URL]:
    """A server with a certificate for `localhost`, by that name."""
    try:
        with RUNNING[request.param](authority.identity(NAME)) as server:
            yield make_url(server.url).set(host=NAME)
    except ServerMissing as missing:
        pytest.skip(str(missing))


def test_a_certificate_of_an_authority_that_is_trusted_is_taken(
    url: URL, authority: Authority
) -> None:
    engine = open_database(url, authorities=authority.path)
    with engine.connect() as connection:
        if question := IS_ENCRYPTED.get(engine.dialect.name):
            assert str(connection.execute(text(question)).scalar_one()).startswith("TLSv1.")
    engine.dispose()


def refused(url: URL, authorities: Path) -> bool:
    engine = open_database(url, authorities=authorities)
    with pytest.raises((DBAPIError, FileNotFoundError)):
        engine.connect()
    return True


def test_a_certificate_of_another_authority_is_refused(url: URL, tmp_path: Path) -> None:
    assert refused(url, Authority(tmp_path).path)


def test_a_certificate_that_is_not_of_amazon_is_refused(url: URL) -> None:
    """That is what there is by default, for every server that is not on this machine."""
    assert refused(url, AUTHORITIES)


def test_a_certificate_for_another_name_is_refused(url: URL, authority: Authority) -> None:
    assert refused(url.set(host="127.0.0.1"), authority.path)


def test_where_the_authorities_file_is_missing_nobody_is_trusted(url: URL, tmp_path: Path) -> None:
    assert refused(url, tmp_path / "missing.pem")


PROXY = "bridge.proxy-abc.us-east-1.rds.amazonaws.com"


@pytest.mark.parametrize(
    ("certified", "taken"),
    [("*.proxy-abc.us-east-1.rds.amazonaws.com", True), ("*.proxy-xyz.example.com", False)],
)
def test_the_wildcard_in_an_rds_proxys_certificate_is_taken(
    authority: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    certified: str,
    taken: bool,
) -> None:
    """FreeTDS takes none in a certificate unless it is told just that one."""
    of_proxy = section(PROXY, authority.path)
    here = of_proxy.replace(f"[{PROXY}]", f"[{NAME}]").replace(f"host = {PROXY}", f"host = {NAME}")
    (tmp_path / "freetds.conf").write_text(here, encoding="utf-8")
    monkeypatch.setenv("FREETDSCONF", str(tmp_path / "freetds.conf"))
    with running_sql_server(authority.identity(certified)) as server:
        refusal = nullcontext() if taken else pytest.raises(pymssql.OperationalError)
        with refusal:
            pymssql.connect(NAME, "sa", "secret", port=str(server.port)).close()
