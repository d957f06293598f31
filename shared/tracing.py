"""X-Ray tracing, only where the stage asks for it (`TRACING=on`).

Importing `aws_xray_sdk` costs more CPU than everything else a handler needs, so it is imported
here, once, and only when tracing is on.
"""

from __future__ import annotations

import os


def trace_aws_calls() -> None:
    """Record every call that botocore makes as a subsegment, if tracing is on."""
    if os.environ.get("TRACING") != "on":
        return
    from aws_xray_sdk.core import patch

    patch(["botocore"])
