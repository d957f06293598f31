"""How a stage is: its alarms, and its canary."""

from __future__ import annotations

from calcutta.problems import sentence_for
from calcutta.release.ports import CheckFailed
from calcutta.stages import Stage
from shared.canary import CanaryReport, RunCanary
from shared.errors import CalcuttaError
from shared.invoke import call


class StageChecks:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def ringing(self) -> frozenset[str]:
        pages = self._stage.client("cloudwatch").get_paginator("describe_alarms")
        found = pages.paginate(
            AlarmNamePrefix=f"calcutta-{self._stage.name}-",
            StateValue="ALARM",
            AlarmTypes=["MetricAlarm", "CompositeAlarm"],
        )
        return frozenset(
            alarm["AlarmName"]
            for page in found
            for alarm in (*page.get("MetricAlarms", ()), *page.get("CompositeAlarms", ()))
        )

    def canary(self) -> str:
        arn = self._stage.output("canary", "CheckAuctionLiveArn")
        try:
            report = call(self._stage.client("lambda"), arn, RunCanary(), CanaryReport)
        except CalcuttaError as error:
            why = sentence_for(error.__cause__ or error)
            raise CheckFailed(f"the canary did not answer: {why}") from error
        if not report.passed:
            raise CheckFailed(f"the canary failed at {report.failed_at}: {report.reason}")
        return f"bid {report.bid_ms} ms, broadcast {report.broadcast_ms} ms, row {report.row_ms} ms"
