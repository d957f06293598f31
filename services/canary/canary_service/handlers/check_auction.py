"""A check: every five minutes by schedule, and whenever somebody asks for one."""

from datetime import datetime
from typing import Any

import msgspec

from canary_service.logic.schedule import goes_through_lobby
from canary_service.wiring import container
from shared.canary import CanaryReport, RunCanary
from shared.invoke import answer


class CheckFailed(Exception):
    """A scheduled check failed: Lambda counts it as an error, and that rings the alarm."""


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "request" in event:
        return answer(event, RunCanary, lambda _: container().look(afresh=True, through_lobby=True))
    at_ms = int(datetime.fromisoformat(event["time"]).timestamp() * 1000)
    return _passed(container().look(afresh=False, through_lobby=goes_through_lobby(at_ms)))


def _passed(report: CanaryReport) -> dict[str, Any]:
    if not report.passed:
        raise CheckFailed(f"{report.failed_at}: {report.reason}")
    passed: dict[str, Any] = msgspec.to_builtins(report)
    return passed
