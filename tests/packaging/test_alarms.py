"""Whatever can fail has an alarm, and whatever is worth a look is on the dashboard."""

import fnmatch
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shared.canary import CanaryReport
from tests.packaging.services import ROOT, SERVICES, SERVICES_WITH_CODE, STAGE, Packaged
from tests.packaging.templates import functions_of, parts

pytestmark = pytest.mark.xdist_group("packaging")

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### `([^`]+)`$", RUNBOOK, re.MULTILINE)

Key = tuple[str, str]
"""A metric and what it is about."""


def alarms_of(packaged: Packaged) -> list[dict[str, Any]]:
    return [it for _, it in packaged.resources("AWS::CloudWatch::Alarm")]


def watched(packaged: Packaged) -> set[Key]:
    """What the alarms are about: metric, and the logical id of the resource."""
    found = set()
    for alarm in alarms_of(packaged):
        text = json.dumps(alarm.get("Dimensions", []))
        for name in packaged.template["Resources"]:
            if f'"{name}"' in text:
                found.add((alarm["MetricName"], name))
    return found


def mappings_of(packaged: Packaged) -> list[dict[str, Any]]:
    return [it for _, it in packaged.resources("AWS::Lambda::EventSourceMapping")]


def names(node: Any, logical_id: str) -> bool:
    texts = [it for it in parts(node) if isinstance(it, str)]
    return any(logical_id in re.split(r"[^\w]", it) for it in texts)


def rings_on_silence(packaged: Packaged, function: str) -> bool:
    """A function that is turned away is silent."""
    loud = [it for it in alarms_of(packaged) if it["TreatMissingData"] == "breaching"]
    return any(names(it["Dimensions"], function) for it in loud)


def needed(packaged: Packaged) -> Iterator[Key]:
    """What has to be watched, by what the template has."""
    for name in functions_of(packaged.template):
        yield "Errors", name
        if not rings_on_silence(packaged, name):
            yield "Throttles", name
        for mapping in mappings_of(packaged):
            if "StartingPosition" in mapping and names(mapping["FunctionName"], name):
                yield "IteratorAge", name
    for name, _ in packaged.resources("AWS::SQS::Queue"):
        yield "ApproximateNumberOfMessagesVisible", name
        if any(names(it["EventSourceArn"], name) for it in mappings_of(packaged)):
            yield "ApproximateAgeOfOldestMessage", name
    for name, api in packaged.resources("AWS::ApiGatewayV2::Api"):
        yield "5xx" if api["ProtocolType"] == "HTTP" else "ExecutionError", name


def what_of(alarm: dict[str, Any]) -> str:
    prefix = f"calcutta-{STAGE}-"
    name = str(alarm["AlarmName"])
    assert name.startswith(prefix)
    return name.removeprefix(prefix)


def body_of(dashboard: dict[str, Any]) -> dict[str, Any]:
    text, _ = dashboard["DashboardBody"]["Fn::Sub"]
    body: dict[str, Any] = json.loads(text)
    return body


def test_every_function_stream_queue_and_api_has_its_alarms(artifact: Packaged) -> None:
    wanted = set(needed(artifact))
    assert wanted
    assert wanted - watched(artifact) == set()


def test_every_alarm_tells_the_topic_when_it_rings_and_when_it_stops(packaged: Packaged) -> None:
    topic = [{"Fn::ImportValue": f"calcutta-config-{STAGE}-AlarmsTopicArn"}]
    for alarm in alarms_of(packaged):
        assert (alarm["AlarmActions"], alarm["OKActions"]) == (topic, topic)


def test_no_two_alarms_have_one_name(packaged_service: Callable[[str], Packaged]) -> None:
    found = [what_of(it) for name in SERVICES for it in alarms_of(packaged_service(name))]
    assert found
    assert sorted(set(found)) == sorted(found)


def test_our_own_metrics_have_the_alarms_that_they_need(
    packaged_service: Callable[[str], Packaged],
) -> None:
    own = {
        it["MetricName"]: it["Dimensions"]
        for name in SERVICES_WITH_CODE
        for it in alarms_of(packaged_service(name))
        if it["Namespace"] == "Calcutta"
    }
    events = {"BadSetting", "RecordsWaiting", "HammerLateMs", "InternalErrors", "NoticesWait"}
    assert own.keys() >= events | {"LobbyStands"}
    assert all(it == [{"Name": "Stage", "Value": STAGE}] for it in own.values())


def test_silence_is_no_alarm_but_the_canarys_and_quarantine_is_silent_until_it_changes(
    packaged: Packaged,
) -> None:
    silence = {what_of(it): it["TreatMissingData"] for it in alarms_of(packaged)}
    special = {what: it for what, it in silence.items() if it != "notBreaching"}
    expected = {"canary": {"canary": "breaching"}, "rds-bridge": {"set-aside": "ignore"}}
    assert special == expected.get(packaged.service, {})


@pytest.mark.parametrize(
    ("metric", "limit"),
    [
        ("Errors", ("Sum", 0, 60, 1)),
        ("Throttles", ("Sum", 0, 60, 1)),
        ("5xx", ("Sum", 0, 60, 1)),
        ("ExecutionError", ("Sum", 0, 60, 1)),
        ("IteratorAge", ("Maximum", 10_000, 60, 2)),
        ("BadSetting", ("Sum", 0, 60, 1)),
        ("InternalErrors", ("Sum", 0, 60, 1)),
        ("RecordsWaiting", ("Maximum", 0, 60, 1)),
        ("NoticesWait", ("Sum", 0, 60, 1)),
        ("HammerLateMs", ("Maximum", 5_000, 60, 1)),
        ("CommitToRowMs", ("Maximum", 60_000, 60, 1)),
        ("LobbyStands", ("Sum", 0, 60, 5)),
    ],
)
def test_an_alarm_rings_above_its_limit(
    metric: str, limit: tuple[Any, ...], packaged_service: Callable[[str], Packaged]
) -> None:
    found = [it for it in every_alarm(packaged_service) if it["MetricName"] == metric]
    plain = [it for it in found if what_of(it) != "canary"]
    assert plain
    assert {limit_of(it) for it in plain} == {("GreaterThanThreshold", *limit)}


def test_a_queue_that_nobody_reads_rings_at_once_and_another_when_it_stands_still(
    packaged_service: Callable[[str], Packaged],
) -> None:
    limits = {what_of(it): limit_of(it)[1:] for it in every_alarm(packaged_service)}
    ends = {
        "-not-empty": {("Maximum", 0, 60, 1)},
        # windows of a line are made for the whole minute to come, twelve a line
        "-depth": {("Maximum", 1_000, 60, 2), ("Maximum", 5_000, 60, 2)},
        # a hammer waits for its lot's deadline, a window for the end of its minute
        "-age": {("Maximum", it, 60, 2) for it in (180, 300, 900)},
    }
    for end, expected in ends.items():
        found = {
            it
            for what, it in limits.items()
            if what.endswith(end) and not what.endswith("-iterator-age")
        }
        assert found == expected, end


def every_alarm(packaged_service: Callable[[str], Packaged]) -> list[dict[str, Any]]:
    return [it for name in SERVICES for it in alarms_of(packaged_service(name))]


def limit_of(alarm: dict[str, Any]) -> tuple[Any, ...]:
    parts = ("ComparisonOperator", "Statistic", "Threshold", "Period", "EvaluationPeriods")
    return tuple(alarm[it] for it in parts)


def test_a_developers_stage_pays_for_no_alarm_and_no_dashboard(
    developers_service: Callable[[str], Packaged],
) -> None:
    for service in (*SERVICES_WITH_CODE, "operations"):
        template = developers_service(service).template
        kinds = [it["Type"] for it in template["Resources"].values()]
        assert [it for it in kinds if it.startswith("AWS::CloudWatch::")] == []


def test_the_runbook_has_a_section_for_every_alarm(packaged: Packaged) -> None:
    for alarm in alarms_of(packaged):
        what = what_of(alarm)
        assert [it for it in SECTIONS if fnmatch.fnmatchcase(what, it)], what


def test_the_runbook_has_no_section_for_an_alarm_that_there_is_not(
    packaged_service: Callable[[str], Packaged],
) -> None:
    found = [what_of(it) for name in SERVICES for it in alarms_of(packaged_service(name))]
    assert [it for it in SECTIONS if not fnmatch.filter(found, it)] == []


def test_there_is_one_dashboard_and_it_shows_every_function(
    packaged_service: Callable[[str], Packaged],
) -> None:
    dashboards = [
        it
        for name in SERVICES
        for _, it in packaged_service(name).resources("AWS::CloudWatch::Dashboard")
    ]
    [dashboard] = dashboards
    assert dashboard["DashboardName"] == f"calcutta-{STAGE}"
    shown = {it for it in parts(body_of(dashboard)) if isinstance(it, str)}
    functions = {
        it["FunctionName"]
        for name in SERVICES_WITH_CODE
        for it in functions_of(packaged_service(name).template).values()
    }
    assert functions - shown == set()


def test_the_dashboard_shows_every_queue_and_every_api(
    packaged_service: Callable[[str], Packaged],
) -> None:
    [(_, dashboard)] = packaged_service("operations").resources("AWS::CloudWatch::Dashboard")
    text, imported = dashboard["DashboardBody"]["Fn::Sub"]
    shown = {it["Fn::ImportValue"] for it in imported.values()}
    assert all(f"${{{name}}}" in text for name in imported)
    wanted = {
        f"calcutta-{service}-{STAGE}-{name}Name"
        for service in SERVICES_WITH_CODE
        for name, _ in packaged_service(service).resources(
            "AWS::SQS::Queue", "AWS::ApiGatewayV2::Api"
        )
    }
    assert shown == wanted


def test_the_dashboard_draws_the_canarys_time_in_the_line_from_a_field_of_its_log(
    packaged_service: Callable[[str], Packaged],
) -> None:
    [(_, dashboard)] = packaged_service("operations").resources("AWS::CloudWatch::Dashboard")
    [drawn] = [it for it in body_of(dashboard)["widgets"] if it["type"] == "log"]
    query = drawn["properties"]["query"]
    assert f"SOURCE '/aws/lambda/calcutta-canary-{STAGE}-checkAuction'" in query
    assert query.endswith("stats max(lobby_ms) as LobbyMs by bin(1h)")
    assert "lobby_ms" in CanaryReport.__struct_fields__


def test_the_dashboard_shows_metrics_that_somebody_counts() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "services").glob("*/*_service/*.py")
    )
    plugin = (ROOT / "plugins" / "dashboard.js").read_text(encoding="utf-8")
    own = re.findall(r"\[((?:'\w+', )*'\w+')\]\.map\(\(it\) => this\.own\(it", plugin)
    metrics = {it for some in own for it in re.findall(r"\w+", some)} | {"DecisionMs"}
    assert len(metrics) > 8
    edge = (ROOT / "services/websocket/websocket_service/edge.py").read_text(encoding="utf-8")
    assert {it for it in metrics if f'"{it}"' not in code + edge} == set()
