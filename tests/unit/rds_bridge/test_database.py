import re
from typing import Any

import pytest
from sqlalchemy import event, make_url

from rds_bridge_service.adapters.database import AUTHORITIES, STATEMENT_SECONDS, open_database
from rds_bridge_service.adapters.patience import LAST_ATTEMPT_S

SQL_SERVER = "mssql+pymssql://user:secret@db.example.com/calcutta"


class Asked(Exception):
    """The driver would have connected with these arguments."""


def asked_for(address: str) -> dict[str, Any]:
    """How the driver is asked to connect."""

    def refuse(_dialect: object, _record: object, _args: object, arguments: dict[str, Any]) -> None:
        raise Asked(arguments)

    engine = open_database(make_url(address))
    event.listen(engine, "do_connect", refuse)
    with pytest.raises(Asked) as asked:
        engine.connect()
    arguments: dict[str, Any] = asked.value.args[0]
    return arguments


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        (SQL_SERVER, {"encryption": "require"}),
        (
            "postgresql+psycopg://user@db.example.com/calcutta",
            {"sslmode": "verify-full", "sslrootcert": str(AUTHORITIES)},
        ),
        (
            "mysql+pymysql://user@db.example.com/calcutta",
            {"ssl": {"ca": str(AUTHORITIES), "check_hostname": True, "verify_mode": "required"}},
        ),
    ],
    ids=lambda it: it.split("+")[0] if isinstance(it, str) else "",
)
def test_a_server_elsewhere_has_to_show_a_certificate(
    address: str, arguments: dict[str, Any]
) -> None:
    """`tests/integration/rds_bridge/servers/test_tls.py` shows that these arguments do it."""
    assert asked_for(address).items() >= arguments.items()


def test_an_address_cannot_ask_for_less() -> None:
    asked = asked_for("postgresql+psycopg://user@db.example.com/calcutta?sslmode=disable")
    assert asked["sslmode"] == "verify-full"


@pytest.mark.parametrize("driver", ["mssql+pymssql", "postgresql+psycopg", "mysql+pymysql"])
def test_a_server_on_this_machine_needs_no_tls(driver: str) -> None:
    asked = asked_for(f"{driver}://user:secret@127.0.0.1/calcutta")
    assert not {"encryption", "sslmode", "ssl"} & set(asked)


def test_a_connection_that_does_not_come_is_given_up_in_seconds() -> None:
    assert asked_for(SQL_SERVER)["login_timeout"] == 5


def test_after_a_statement_that_hangs_there_is_time_for_another_attempt() -> None:
    template = (AUTHORITIES.parents[3] / "serverless.yml").read_text(encoding="utf-8")
    [timeout_s] = re.findall(r"database end seven seconds .*\n    timeout: (\d+)$", template, re.M)
    assert int(timeout_s) - LAST_ATTEMPT_S > STATEMENT_SECONDS


def test_sql_server_is_sent_plain_inserts() -> None:
    assert not open_database(make_url(SQL_SERVER)).dialect.use_insertmanyvalues


def test_an_engine_does_not_show_its_password() -> None:
    assert "secret" not in repr(open_database(make_url(SQL_SERVER)))


def test_a_container_has_one_connection() -> None:
    """What a small database is spared depends on it: `tests/packaging/test_proxy.py` adds up."""
    pool: Any = open_database(make_url(SQL_SERVER)).pool
    assert (pool.size(), pool._max_overflow) == (1, 0)
