"""A request, followed by its id: from the client through every log to its row in SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from typing import Any

import boto3

from shared.commands import PlaceBid
from shared.replies import RefusedReply
from tests.e2e.system import BIDDER, System, accepted, wait_for

BY_REQUEST = "SELECT auction_id, seq, body FROM auction_event WHERE request_id = ?"
"""As docs/runbook.md has it."""


def lines_about(
    system: System, request_id: str, function: str, service: str, message: str
) -> list[dict[str, Any]]:
    lines = system.log_lines(function, service)
    return [
        it for it in lines if (it.get("request_id"), it.get("message")) == (request_id, message)
    ]


async def test_a_request_is_found_in_every_log_and_in_its_row(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id),
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        request_id = (await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=10_00)).request_id
        for service, function, message in (
            ("websocket", "placeBid", "event"),
            ("websocket", "relayEvents", "relayed"),
            ("rds-bridge", "apply", "applied"),
        ):
            look = partial(lines_about, system, request_id, function, service, message)
            assert {it["auction_id"] for it in wait_for(look)} == {auction_id}
    database = f"file:{system.folder / 'league.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(database, uri=True)) as connection:
        [(row_auction_id, _, _)] = connection.execute(BY_REQUEST, (request_id,)).fetchall()
    assert row_auction_id == auction_id


async def test_a_refused_request_is_found_with_its_code_and_its_sender(
    system: System, auction_id: str
) -> None:
    async with await system.open(auction_id), await system.enter(auction_id, BIDDER) as bidder:
        answer = await bidder.send(PlaceBid, lot_id="L02", amount_cents=10_00)
        assert isinstance(answer, RefusedReply)
        request_id = answer.request_id
        assert request_id is not None
    look = partial(lines_about, system, request_id, "placeBid", "websocket", "refused")
    [line] = wait_for(look)
    assert line["code"] == "lot_not_up"
    assert line.keys() >= {"auction_id", "connection_id", "user_id"}


def test_the_stage_has_its_alarms_and_its_dashboard(system: System) -> None:
    pages = (
        boto3.client("cloudwatch")
        .get_paginator("describe_alarms")
        .paginate(AlarmNamePrefix="calcutta-local-")
    )
    alarms = [it for page in pages for it in page["MetricAlarms"]]
    topic = system.stage.output("config", "AlarmsTopicArn")
    assert "calcutta-local-websocket-placeBid-errors" in {it["AlarmName"] for it in alarms}
    assert {(*it["AlarmActions"],) for it in alarms} == {(topic,)}
    dashboard = boto3.client("cloudwatch").get_dashboard(DashboardName="calcutta-local")
    assert system.stage.output("websocket", "HammerQueueName") in dashboard["DashboardBody"]
