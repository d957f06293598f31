"""X-Ray tracing, only where the stage asks for it (`TRACING=on`).

A trace follows a call by itself: botocore, patched, sends its header with every request, so with
every invocation. It does not follow a change through a table's stream, where many requests' events
are in one batch. So the trace that made an event is written beside it, goes on with the event's own
message (SQS keeps it as `AWSTraceHeader`), and who handles that message adds to the trace.

Importing `aws_xray_sdk` costs more CPU than everything else a handler needs, so it is imported
here, once, and only when tracing is on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from shared.clock import now_ms

_LAMBDA_SETS = "_X_AMZN_TRACE_ID"


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
    parts = dict(
        it.split("=", 1) for it in os.environ.get(_LAMBDA_SETS, "").split(";") if "=" in it
    )
    if parts.get("Sampled") != "1" or "Root" not in parts:
        return None
    return f"Root={parts['Root']};Sampled=1"


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
