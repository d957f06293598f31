"""X-Ray tracing, only where the stage asks for it (`TRACING=on`).

A trace follows a call by itself: botocore, patched, sends its header with every request, so with
every invocation; `shared.aws` has `traced_call` for that. It does not follow a change through a
table's stream, where many requests' events are in one batch. So the trace that made an event is
written beside it, goes on with the event's own message (SQS keeps it as `AWSTraceHeader`), and who
handles that message adds to the trace.

Importing `aws_xray_sdk` costs more CPU than everything else a handler needs, so it is imported
here, once, only when tracing is on, and only for botocore: what `traced_call` records is one
document, sent to Lambda's X-Ray daemon as AWS describes it ("Sending segment documents to X-Ray").
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from shared.clock import now_ms

_LAMBDA_SETS = "_X_AMZN_TRACE_ID"
_DAEMON = "AWS_XRAY_DAEMON_ADDRESS"
_HEAD = b'{"format": "json", "version": 1}\n'


def trace_aws_calls() -> None:
    """Record every call that botocore makes as a subsegment, if tracing is on."""
    if not _is_on():
        return
    from aws_xray_sdk.core import patch

    patch(["botocore"])


def trace_header() -> str | None:
    """The trace of this invocation, as the header `Root=…;Sampled=1`; None if tracing is off, or
    this invocation is not in the sample that is recorded."""
    if not _is_on():
        return None
    parts = _invocations_trace()
    if parts.get("Sampled") != "1" or "Root" not in parts:
        return None
    return f"Root={parts['Root']};Sampled=1"


@contextmanager
def traced_call(service: str, about: Mapping[str, str | int]) -> Iterator[str | None]:
    """Record a call to AWS in the trace of this invocation, if it is recorded; yields the header
    for the callee, if there is one.

    Args:
        service: as X-Ray's map names it.
        about: of X-Ray's fields for AWS: `operation`, `region`, `table_name`, …
    """
    parts = _invocations_trace() if _is_on() else {}
    if parts.get("Sampled") != "1" or not {"Root", "Parent"} <= parts.keys():
        yield None
        return
    call_id, began, failed = os.urandom(8).hex(), time.time(), True
    try:
        yield f"Root={parts['Root']};Parent={call_id};Sampled=1"
        failed = False
    finally:
        _send(
            {
                "type": "subsegment",
                "namespace": "aws",
                "name": service,
                "id": call_id,
                "trace_id": parts["Root"],
                "parent_id": parts["Parent"],
                "start_time": began,
                "end_time": time.time(),
                "aws": dict(about),
                "error": failed,
            }
        )


def _invocations_trace() -> dict[str, str]:
    """The parts of the header that Lambda sets before each invocation."""
    header = os.environ.get(_LAMBDA_SETS, "")
    return dict(it.split("=", 1) for it in header.split(";") if "=" in it)


def _send(document: Mapping[str, object]) -> None:
    """To Lambda's X-Ray daemon, by UDP: it is not waited for, and may be lost."""
    host, _, port = os.environ.get(_DAEMON, "127.0.0.1:2000").rpartition(":")
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.sendto(_HEAD + json.dumps(document).encode(), (host, int(port)))


def add_to_trace(
    header: str | None, name: str, began_ms: int, annotations: Mapping[str, str | int | None]
) -> None:
    """Add to another trace that this was done for it, until now.

    Args:
        header: that trace, as `trace_header` gave it; without one nothing is done.
        name: what was done.
        began_ms: when.
        annotations: ids that the trace may be searched by; those that are None are left out.
    """
    if header is None or not _is_on():
        return
    from aws_xray_sdk.core import xray_recorder
    from aws_xray_sdk.core.models.segment import Segment
    from aws_xray_sdk.core.models.trace_header import TraceHeader

    trace = TraceHeader.from_header_str(header)
    if trace.sampled != 1 or trace.root is None:
        return
    segment = Segment(name, traceid=trace.root, parent_id=trace.parent, sampled=True)
    segment.start_time = began_ms / 1_000
    for key, value in annotations.items():
        if value is not None:
            segment.put_annotation(key, value)
    segment.close(now_ms() / 1_000)
    xray_recorder.emitter.send_entity(segment)


def _is_on() -> bool:
    return os.environ.get("TRACING") == "on"
