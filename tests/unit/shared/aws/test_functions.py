"""Starting a function, and the trace that goes along."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from chaos.proxy import Request, Response
from shared.aws.errors import Refused
from shared.aws.functions import Functions
from tests.unit.shared.aws.aws_server import ACCESS, Answer, Server, serving

ARN = "arn:aws:lambda:us-east-1:000000000000:function:fanOut:live"
STARTED = Response(202, [], b"")
ROOT, PARENT = "1-67891233-abcdef012345678912345678", "53995c3f42cd8ad8"


@pytest.fixture
def daemon(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """An X-Ray daemon, and an invocation that is traced."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        door.settimeout(10)
        port = door.getsockname()[1]
        monkeypatch.setenv("AWS_XRAY_DAEMON_ADDRESS", f"127.0.0.1:{port}")
        monkeypatch.setenv("TRACING", "on")
        monkeypatch.setenv("_X_AMZN_TRACE_ID", f"Root={ROOT};Parent={PARENT};Sampled=1")
        yield door


def started(answer: Answer = STARTED) -> Request:
    server = Server(answer)
    with serving(server) as url:
        Functions(replace(ACCESS, endpoint_url=url)).start(ARN, b'{"a":1}')
    [request] = server.requests
    return request


def test_a_function_is_started_by_its_arn_and_not_waited_for() -> None:
    request = started()
    escaped = ARN.replace(":", "%3A")
    assert request.path == f"/2015-03-31/functions/{escaped}/invocations"
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert headers["x-amz-invocation-type"] == "Event"
    assert "x-amzn-trace-id" not in headers
    assert request.body == b'{"a":1}'


def test_a_function_that_is_not_started_is_an_error_with_its_code() -> None:
    with pytest.raises(Refused) as refused:
        started(Response(404, [("x-amzn-errortype", "ResourceNotFoundException:http://a")], b""))
    assert refused.value.code == "ResourceNotFoundException"


def test_a_call_is_a_subsegment_of_the_invocation_and_the_callee_goes_on_from_it(
    daemon: socket.socket,
) -> None:
    request = started()
    head, document = daemon.recv(65_536).split(b"\n", 1)
    assert json.loads(head) == {"format": "json", "version": 1}
    told = json.loads(document)
    assert (told["name"], told["type"], told["namespace"]) == ("lambda", "subsegment", "aws")
    assert (told["trace_id"], told["parent_id"], told["error"]) == (ROOT, PARENT, False)
    assert (told["aws"]["operation"], told["aws"]["function_name"]) == ("Invoke", ARN)
    assert told["end_time"] >= told["start_time"]
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert headers["x-amzn-trace-id"] == f"Root={ROOT};Parent={told['id']};Sampled=1"


def test_a_call_that_fails_is_marked(daemon: socket.socket) -> None:
    with pytest.raises(Refused):
        started(Response(403, [], b""))
    assert json.loads(daemon.recv(65_536).split(b"\n", 1)[1])["error"]


def test_an_invocation_that_is_not_sampled_tells_nobody(
    daemon: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_X_AMZN_TRACE_ID", f"Root={ROOT};Parent={PARENT};Sampled=0")
    started()
    daemon.setblocking(False)
    with pytest.raises(BlockingIOError):
        daemon.recv(1)
