"""The only place that builds adapters and reads the environment, once per container.

Environment:
    DATABASE_URL              the whole address, where there is no secret to keep (stage `local`)
    DATABASE_HOST, DATABASE_NAME, DATABASE_SECRET_ARN
                              the SQL Server of the other stages, used without `DATABASE_URL`
    DATABASE_CA_FILE          whose certificates are taken, if not Amazon's
    NOTICES_TABLE             what the live auction has to look at again, in DynamoDB
    TRACING                   `on` in stages with X-Ray
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import botocore.session
from botocore.config import Config
from sqlalchemy import URL, Engine, make_url

from rds_bridge_service.adapters.auctions import SqlAuctions
from rds_bridge_service.adapters.credentials import Logins, read_credentials
from rds_bridge_service.adapters.database import STATEMENT_SECONDS, open_database
from rds_bridge_service.adapters.leagues.book import Notices, SqlBook
from rds_bridge_service.adapters.leagues.leagues import SqlLeagues
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.adapters.quarantine import SqlQuarantine
from rds_bridge_service.adapters.settlement import SqlSettlements
from shared.bridge import Migrated
from shared.clock import now_ms
from shared.tracing import trace_aws_calls

_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike."""


class Container:
    """One Lambda container's adapters, each built when it is first used."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    @cached_property
    def engine(self) -> Engine:
        return self._open(STATEMENT_SECONDS)

    def migrate(self) -> Migrated:
        # only one function migrates: Alembic would cost all others their start
        from rds_bridge_service.adapters.migrating import migrate

        # A change to a big table takes longer than any statement of an auction may.
        engine = self._open(statement_seconds=240)
        try:
            return migrate(engine)
        finally:
            engine.dispose()

    @cached_property
    def quarantine(self) -> SqlQuarantine:
        return SqlQuarantine(self.engine)

    @cached_property
    def leagues(self) -> SqlLeagues:
        return SqlLeagues(self.engine, new_id=lambda: uuid4().hex)

    @cached_property
    def auctions(self) -> SqlAuctions:
        return SqlAuctions(self.engine)

    @cached_property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self.engine)

    @cached_property
    def settlements(self) -> SqlSettlements:
        return SqlSettlements(self.engine)

    @cached_property
    def book(self) -> SqlBook:
        return SqlBook(self.engine, new_id=lambda: uuid4().hex)

    @cached_property
    def notices(self) -> Notices:
        return Notices(
            self.engine,
            dynamodb=_dynamodb,
            table=self._environ["NOTICES_TABLE"],
            now_s=lambda: now_ms() // 1000,
        )

    def new_code(self) -> str:
        return "".join(secrets.choice(_CODE_LETTERS) for _ in range(12))

    def _open(self, statement_seconds: int) -> Engine:
        environ = self._environ
        authorities = environ.get("DATABASE_CA_FILE")
        trusted = Path(authorities) if authorities else None
        if address := environ.get("DATABASE_URL"):
            return open_database(make_url(address), statement_seconds, authorities=trusted)
        url = URL.create(
            "mssql+pymssql", host=environ["DATABASE_HOST"], database=environ["DATABASE_NAME"]
        )
        secret_arn = environ["DATABASE_SECRET_ARN"]
        logins = Logins(lambda: read_credentials(_secrets(), secret_arn))
        return open_database(url, statement_seconds, logins=logins, authorities=trusted)


def _secrets() -> Any:
    return _impatient("secretsmanager")


@cache
def _dynamodb() -> Any:
    return _impatient("dynamodb")


def _impatient(service: str) -> Any:
    # In a VPC without a way to the service the default is minutes of silence.
    patience = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 2})
    return botocore.session.get_session().create_client(service, config=patience)


@cache
def container() -> Container:
    """This container's adapters, from its environment."""
    trace_aws_calls()
    return Container(os.environ)
