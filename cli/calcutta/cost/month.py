"""How much of everything a promoted stage asks of AWS in a month without an auction."""

from __future__ import annotations

from collections.abc import Mapping

from calcutta.cost.quantities import LOG_KB, MEMORY_GB, SQL_MS, START_MS

HOURS = 730
"""A month of AWS's pricing pages."""

ALARMS = 110
"""Of plugins/alarms.js and the canary; a test counts what they are for."""

POLLS = 5 * 3 * 60 * HOURS
"""Requests to a queue in which nothing is: Lambda polls each with five pollers, for 20 seconds."""

CANARY: Mapping[str, float] = {
    "metric_hours": 2 * HOURS,
    "lambda_requests": 108_000,
    "lambda_gb_seconds": 5_936.4,
    "websocket_messages": 25_920,
    "connection_minutes": 9_000,
    "http_requests": 10_080,
    "dynamodb_writes": 72_000,
    "dynamodb_reads": 78_120,
    "fifo_requests": 25_920,
    "queue_requests": 27_000,
    "log_kilobytes": 54_000,
    "decryptions": 2_160,
    "active_users": 1,
    "schedule_invocations": 8_640,
    "kilobytes_out": 52_920,
}
"""The table of services/canary/README.md, with its lines for the line, which a test compares."""

MINUTES = 60 * HOURS

NOTICES: Mapping[str, float] = {
    "schedule_invocations": MINUTES,
    "lambda_requests": MINUTES,
    "lambda_gb_seconds": MINUTES * (START_MS + SQL_MS) * MEMORY_GB / 1_000,
    "log_kilobytes": MINUTES * LOG_KB,
    "traces": MINUTES,  # X-Ray records the first of each second
}
"""The bridge's `sendNotices`, every minute, when nothing waits: one statement."""

SERVER: Mapping[str, float] = {
    "database_hours": HOURS,
    "database_gigabytes": 20,  # the least that RDS makes for SQL Server
    "secrets": 1,
    "alarms": ALARMS,
    "dashboards": 1,
    "fifo_requests": POLLS,
    "queue_requests": 2 * POLLS,
}

WITHOUT_NAT: Mapping[str, float] = {"endpoint_hours": HOURS}
"""The bridge's way to its credentials, in one zone: docs/decisions.md."""

WITH_NAT: Mapping[str, float] = {"nat_hours": HOURS, "address_hours": HOURS}
"""In one zone; the credentials, too, go through it."""
