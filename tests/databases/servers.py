"""The database servers that tests and chaos can start."""

from __future__ import annotations

from tests.databases.mariadb import running_mariadb
from tests.databases.postgresql import running_postgresql

RUNNING = {"PostgreSQL": running_postgresql, "MariaDB": running_mariadb}
