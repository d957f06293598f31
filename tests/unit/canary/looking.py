"""Checks of a stage in memory."""

from __future__ import annotations

from collections.abc import Mapping

from canary_service.logic.check import Check, Purse
from canary_service.logic.steps import LIMITS_S, WHOLE_S
from shared.canary import CanaryReport, CanaryStep
from tests.fakes.site import MemorySite

HASTE_S = 0.02


def hasty(*steps: CanaryStep) -> Mapping[CanaryStep, float]:
    """The usual limits, but these steps give up soon."""
    return {**LIMITS_S, **dict.fromkeys(steps, HASTE_S)}


async def look(
    site: MemorySite,
    purse: Purse | None = None,
    *,
    afresh: bool = False,
    through_lobby: bool = False,
    limits_s: Mapping[CanaryStep, float] = LIMITS_S,
    whole_s: float = WHOLE_S,
) -> CanaryReport:
    return await Check(
        site,
        purse or Purse(),
        afresh=afresh,
        through_lobby=through_lobby,
        clock_ms=site.clock,
        limits_s=limits_s,
        whole_s=whole_s,
    ).run()


def steps_of(report: CanaryReport) -> list[CanaryStep]:
    return [it.step for it in report.steps]
