"""Starting a Lambda function, without waiting for what comes of it."""

from __future__ import annotations

from urllib.parse import quote

from shared.aws.access import Access
from shared.aws.errors import AwsError, Refused
from shared.aws.http11 import Response
from shared.aws.service import PATIENT, Service
from shared.tracing import traced_call


class Functions:
    """AWS Lambda of the environment's region."""

    def __init__(self, access: Access) -> None:
        self._service = Service(access, "lambda")
        self._region = access.region

    def start(self, arn: str, payload: bytes) -> None:
        """Hand an event to a function, by its alias's ARN. Raises AwsError."""
        path = f"/2015-03-31/functions/{quote(arn, safe='')}/invocations"
        about = {"operation": "Invoke", "region": self._region, "function_name": arn}
        with traced_call("lambda", about) as trace:
            headers = {"x-amz-invocation-type": "Event"}
            if trace is not None:
                headers["x-amzn-trace-id"] = trace
            self._service.ask("POST", path, headers, payload, patience=PATIENT, error_of=_error_of)


def _error_of(response: Response) -> AwsError | None:
    if response.status == 202:
        return None
    code = response.headers.get("x-amzn-errortype", f"Http{response.status}")
    return Refused(response.status, code.partition(":")[0])
