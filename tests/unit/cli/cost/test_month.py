"""A month's quantities are what the services and their READMEs say."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from calcutta.cost import crowd, month
from calcutta.cost.prices import price_table
from tests.unit.architecture.sources import SERVICES
from tests.unit.canary.test_costs import LINES, THE_LINE, Line

METERS = {
    "alarm": None,
    "metrics": "metric_hours",
    "Lambda, invocations": "lambda_requests",
    "Lambda, GB-seconds": "lambda_gb_seconds",
    "WebSocket API, messages": "websocket_messages",
    "WebSocket API, minutes": "connection_minutes",
    "HTTP API": "http_requests",
    "DynamoDB, writes": "dynamodb_writes",
    "DynamoDB, reads": "dynamodb_reads",
    "SQS FIFO": "fifo_requests",
    "SQS, requests": "queue_requests",
    "logs": "log_kilobytes",
    "KMS": "decryptions",
    "Cognito": "active_users",
    "EventBridge": "schedule_invocations",
    "data out": "kilobytes_out",
    "starting afresh": None,
}
"""How the lines of the canary's README begin, those of the line behind their prefix. Its alarm is
among the others, and starting afresh, a third of a cent, is no meter."""


def meter_of(line: Line) -> str | None:
    what = line.what.removeprefix(THE_LINE)
    [meter] = [meter for start, meter in METERS.items() if what.startswith(start)]
    return meter


def hours_of(meter: str) -> int:
    """A metric's price is that of its month."""
    return month.HOURS if meter == "metric_hours" else 1


@pytest.mark.parametrize("line", [it for it in LINES if meter_of(it)], ids=lambda it: it.what)
def test_the_canarys_readme_has_this_tables_prices(line: Line) -> None:
    meter = meter_of(line)
    assert meter is not None
    price = price_table().prices[meter]
    assert price.dollars * hours_of(meter) / price.per == pytest.approx(line.price)


@pytest.mark.parametrize("meter", month.CANARY)
def test_the_canarys_readme_has_this_tables_quantities(meter: str) -> None:
    a_month = sum(line.a_month for line in LINES if meter_of(line) == meter)
    assert month.CANARY[meter] == pytest.approx(a_month * hours_of(meter))


def test_everything_of_the_canary_is_in_its_readme() -> None:
    assert set(month.CANARY) == {meter_of(it) for it in LINES} - {None}


class Loader(yaml.SafeLoader):
    """Reads a template without knowing what its tags mean."""


Loader.add_multi_constructor("!", lambda loader, tag, node: None)


def template(service: str, name: str = "serverless.yml") -> dict[str, Any]:
    text = (SERVICES[service] / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader)
    return loaded


def resources_of(service: str) -> dict[str, Any]:
    resources = template(service).get("resources", {})
    if isinstance(resources, str):
        resources = template(service, "resources.yml")
    parts = resources if isinstance(resources, list) else [resources]
    found: dict[str, Any] = {}
    for part in parts:
        if isinstance(part, dict):
            found |= part.get("Resources", {})
    return found


def alarms_of(service: str) -> int:
    """As plugins/alarms.js gives them."""
    told, resources = template(service), resources_of(service)
    metrics: dict[str, Any] = told.get("custom", {}).get("alarms", {}).get("metrics", {})
    types = [str(it["Type"]) for it in resources.values()]
    own = types.count("AWS::CloudWatch::Alarm")
    functions: dict[str, Any] = told.get("functions", {})
    events = [event for it in functions.values() for event in it.get("events", ())]
    kinds: list[str] = [next(iter(it)) for it in events]
    queues = types.count("AWS::SQS::Queue")
    return (
        (own if own else 2 * len(functions))  # the canary's one function has its own
        + kinds.count("stream")
        + queues
        + kinds.count("sqs")  # a queue that is read has two
        + len({"httpApi", "websocket"} & set(kinds))
        + len(metrics)
    )


def test_the_alarms_are_as_many_as_the_services_have() -> None:
    watched = [it for it in SERVICES if "alarms" in template(it).get("custom", {})]
    assert {"websocket", "rds-bridge", "canary"} <= set(watched)
    assert sum(alarms_of(it) for it in watched) == month.ALARMS


def test_the_minutes_are_those_of_the_other_schedules() -> None:
    events = [
        (name, event["schedule"]["rate"])
        for service in SERVICES
        for name, function in template(service).get("functions", {}).items()
        for event in function.get("events", ())
        if "schedule" in event
    ]
    assert sorted(events) == [
        ("checkAuction", "rate(5 minutes)"),
        ("keepGoing", "rate(1 minute)"),
        ("sendNotices", "rate(1 minute)"),
    ]
    assert month.NOTICES["schedule_invocations"] == 60 * month.HOURS
    assert crowd.IDLE["schedule_invocations"] == 60 * month.HOURS


def test_every_meter_of_a_month_has_a_price() -> None:
    used = {*month.SERVER, *month.CANARY, *month.NOTICES, *month.WITHOUT_NAT, *month.WITH_NAT}
    assert used <= price_table().prices.keys()
