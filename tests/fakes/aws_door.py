"""AWS behind a real address of this machine: moto, for whoever calls without botocore, too."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from moto import mock_aws
from moto.core.models import botocore_stubber

from chaos.proxy import Request, Response, Untouched, running_proxy

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}


class Door(Untouched):
    """Hands each request to moto's service of its signature, and keeps the operations' names.

    One at a time, as DynamoDB does a transaction: moto's is not meant for threads.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._one_at_a_time = threading.Lock()

    def before(self, request: Request) -> Response | None:
        headers = HTTPHeaders()
        for name, value in request.headers.items():
            headers[name.lower()] = value
        self.calls.append(headers.get("x-amz-target", request.path).rpartition(".")[2])
        service = headers["authorization"].split("/")[3]
        url = f"https://{service}.us-east-1.amazonaws.com{request.path}"
        asked = AWSPreparedRequest(request.method, url, headers, request.body, stream_output=False)
        with self._one_at_a_time:
            answer = botocore_stubber.process_request(asked)
        if answer is None:
            raise AssertionError(f"moto knows nothing of {url}")
        status, said, body = answer
        return Response(
            status, list(said.items()), body.encode() if isinstance(body, str) else body
        )


@contextmanager
def emulated_aws() -> Iterator[Door]:
    """An empty AWS; the environment leads to it."""
    door = Door()
    with (
        mock_aws(),
        running_proxy(0, door) as port,
        patch.dict(os.environ, CREDENTIALS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}),
    ):
        yield door
