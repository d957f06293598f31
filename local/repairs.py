"""What MiniStack 1.5.33 does differently from AWS and where that hurts us, put right.

Each repair says which behaviour it is for, so that it can go when upstream has it.
"""

import functools
import logging
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.core import iam_actions, lambda_runtime
from ministack.core.concurrency import esm_wake
from ministack.services import lambda_svc

from local import iam_repairs

WORKERS_PER_FUNCTION = 4
"""Processes of one version of one function. A call beyond them waits for one."""

WORKER_WAIT_SECONDS = 5.0
"""After this a call gets a process of its own: the ones it waits for may be waiting for it."""

DUE_POLL_SECONDS = 0.05
STREAM_POLL_SECONDS = 0.01

logger = logging.getLogger(__name__)


def apply() -> None:
    """Repair the imported MiniStack. To be called once, before it serves."""
    invoke_websocket_routes_like_any_function()
    limit_workers()
    wait_less_for_log_lines()
    poll_often_for_what_became_due()
    poll_streams_apart_from_queues()
    filter_by_what_is_missing()
    allow_batches_of_what_is_allowed_singly()
    iam_repairs.apply()
    divide_calls_by_an_aliass_weights()
    refuse_versions_that_an_alias_cannot_have()


def invoke_websocket_routes_like_any_function() -> None:
    """Give WebSocket routes the pool, version, logs and metrics that an SDK invoke has.

    Upstream keeps one worker per function and alias name for them: messages are served one after
    the other, a redeploy or a moved alias keeps serving the old code, and logs are dropped.
    """
    lambda_runtime.get_or_create_worker = _AnyFunction


class _AnyFunction:
    """Stands in for the worker that `apigateway._invoke_ws_lambda` asks for."""

    def __init__(
        self, func_name: str, config: dict[str, Any], code_zip: bytes, qualifier: str
    ) -> None:
        self._function = {"config": config, "code_zip": code_zip}

    def invoke(self, event: object, request_id: str) -> dict[str, Any]:
        outcome = lambda_svc._execute_function(self._function, event)
        if outcome.get("error"):
            return {"status": "error", "error": "Internal server error"}
        return {"status": "ok", "result": outcome.get("body") or {}}


def limit_workers() -> None:
    """Let calls wait for a free worker, and end the workers of code that no alias serves.

    Upstream starts a process for every concurrent call, so a few hundred sockets that connect at
    once start a few hundred Pythons; and it keeps one worker of every version for ever.
    """
    pool = _LimitedPool(lambda_runtime.acquire_worker, lambda_runtime.release_worker)
    for module in (lambda_runtime, lambda_svc):
        module.acquire_worker = pool.acquire
        module.release_worker = pool.release


class _LimitedPool:
    def __init__(
        self, acquire: Callable[..., tuple[Any, str]], release: Callable[[Any], None]
    ) -> None:
        self._acquire = acquire
        self._release = release
        self._freed = threading.Condition()

    def acquire(
        self, func_name: str, config: dict[str, Any], code_zip: bytes, qualifier: str = "$LATEST"
    ) -> tuple[Any, str]:
        take = functools.partial(self._acquire, func_name, config, code_zip, qualifier=qualifier)
        patience = time.monotonic() + WORKER_WAIT_SECONDS
        with self._freed:
            worker, how = take(max_concurrency=WORKERS_PER_FUNCTION)
            while worker is None and self._freed.wait(patience - time.monotonic()):
                worker, how = take(max_concurrency=WORKERS_PER_FUNCTION)
        if worker is None:
            worker, how = take()
        if how == "spawn":
            _end_superseded(func_name, config)
        return worker, how

    def release(self, worker: Any) -> None:
        self._release(worker)
        with self._freed:
            self._freed.notify_all()


def _end_superseded(func_name: str, config: dict[str, Any]) -> None:
    function = lambda_svc._functions.get(func_name)
    if function is None:
        return
    served = {"$LATEST", config["Version"]}
    for alias in function["aliases"].values():
        weights = (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
        served |= {alias["FunctionVersion"], *weights}
    prefix = lambda_runtime._worker_key(func_name, config, "")
    with lambda_runtime._lock:
        stale = [
            worker
            for key, workers in lambda_runtime._workers.items()
            if key.startswith(prefix) and key.removeprefix(prefix) not in served
            for worker in workers
            if not worker.in_use
        ]
        for workers in lambda_runtime._workers.values():
            workers[:] = [worker for worker in workers if worker not in stale]
    # In the background: a call must not wait for another version's process to end.
    if stale:
        threading.Thread(target=lambda_runtime.kill_workers, args=[stale], daemon=True).start()


def wait_less_for_log_lines() -> None:
    """Wait 5 ms, not 50, for the first log line after each call.

    A line that comes later is not lost: it is logged with the next call.
    """
    lambda_runtime.Worker._drain_stderr_bounded = functools.partialmethod(
        lambda_runtime.Worker._drain_stderr_bounded, first_line_wait=0.005
    )


def poll_often_for_what_became_due() -> None:
    """Look for due messages every 50 ms.

    Upstream wakes its poller when something is written, but only once a second for what becomes
    due by itself: a delayed message, a message whose visibility timeout ended.
    """
    lambda_svc._ESM_IDLE_WAKE_GAP_SECONDS = 0.001

    def wake_for_ever() -> None:
        while True:
            time.sleep(DUE_POLL_SECONDS)
            esm_wake.set()

    threading.Thread(target=wake_for_ever, daemon=True, name="event-source-wake").start()


def poll_streams_apart_from_queues() -> None:
    """Invoke the consumers of DynamoDB streams on a thread of their own.

    Upstream does it on the thread that polls the queues: while a consumer runs, starts or hangs,
    no message of any queue is delivered.
    """
    poll = lambda_svc._poll_dynamodb_streams
    lambda_svc._poll_dynamodb_streams = bool

    def poll_for_ever() -> None:
        while True:
            try:
                idle = not poll()
            except Exception:
                logger.exception("polling the DynamoDB streams failed")
                idle = True
            if idle:
                time.sleep(STREAM_POLL_SECONDS)

    threading.Thread(target=poll_for_ever, daemon=True, name="stream-poll").start()


def filter_by_what_is_missing() -> None:
    """Let `{"number": {"N": [{"exists": false}]}}` match a stream's record without a `number`.

    Upstream matches no nested pattern with a record that has nothing at its first step, whatever
    the pattern says of the last.
    """
    match = lambda_svc._match_esm_filter

    def matches(record: dict[str, Any], pattern: dict[str, Any]) -> bool:
        missing: dict[str, Any] = {k: {} for k, it in pattern.items() if isinstance(it, dict)}
        return bool(match({**missing, **record}, pattern))

    lambda_svc._match_esm_filter = matches


def allow_batches_of_what_is_allowed_singly() -> None:
    """Check `sqs:SendMessage` for SendMessageBatch, and so on.

    AWS has no IAM actions for the batch calls of SQS; upstream asks a policy for one.
    """
    action_of = iam_actions.extract_iam_action

    @functools.wraps(action_of)
    def single_action_of(service: str, *arguments: Any, **named: Any) -> Any:
        action = action_of(service, *arguments, **named)
        return action.removesuffix("Batch") if service == "sqs" and action else action

    iam_actions.extract_iam_action = single_action_of


def divide_calls_by_an_aliass_weights(draw: Callable[[], float] = random.random) -> None:
    """Serve a call of an alias by the version that its weights and a drawn number in [0, 1) say.

    Upstream keeps an alias's RoutingConfig and serves every call by its first version. The API's
    own door looks its version up by itself; API Gateway, WebSockets, streams, queues and rules
    share another way to it, and so do GetFunction and GetFunctionConfiguration, for which an alias
    stands for its first version in AWS as well.
    """
    record_of = lambda_svc._effective_func_record_for_qualifier
    invoke = lambda_svc._invoke

    def drawn(function: dict[str, Any] | None, qualifier: str | None) -> str | None:
        alias = (function or {}).get("aliases", {}).get(qualifier)
        return version_at(draw(), alias) if alias and alias.get("RoutingConfig") else qualifier

    def drawn_record_of(function: dict[str, Any] | None, qualifier: str | None) -> Any:
        return record_of(function, drawn(function, qualifier))

    async def drawn_invoke(
        name: str,
        event: Any,
        headers: dict[str, str],
        path_qualifier: str | None = None,
        query_params: dict[str, Any] | None = None,
    ) -> Any:
        qualifier = lambda_svc._qualifier_from_path_or_query(path_qualifier, query_params)
        version = drawn(lambda_svc._functions.get(name), qualifier)
        return await invoke(name, event, headers, version, query_params)

    def of_first_version(reply: Callable[..., Any]) -> Callable[..., Any]:
        def reply_of_first_version(name: str, qualifier: str | None = None) -> Any:
            alias = (lambda_svc._functions.get(name) or {}).get("aliases", {}).get(qualifier)
            return reply(name, alias["FunctionVersion"] if alias else qualifier)

        return reply_of_first_version

    lambda_svc._effective_func_record_for_qualifier = drawn_record_of
    lambda_svc._invoke = drawn_invoke
    lambda_svc._get_function = of_first_version(lambda_svc._get_function)
    lambda_svc._get_function_config = of_first_version(lambda_svc._get_function_config)


def version_at(point: float, alias: dict[str, Any]) -> str:
    """Return the version that serves the call for which `point` of [0, 1) was drawn."""
    for version, weight in alias["RoutingConfig"]["AdditionalVersionWeights"].items():
        if point < weight:
            return str(version)
        point -= weight
    return str(alias["FunctionVersion"])


def refuse_versions_that_an_alias_cannot_have() -> None:
    """Refuse to move an alias to a version that does not exist, or twice to the same one.

    Upstream takes whatever it is told, and calls of the alias then run the unpublished code.
    """
    update = lambda_svc._update_alias

    def update_checked(func_name: str, alias_name: str, data: dict[str, Any]) -> Any:
        function = lambda_svc._functions.get(func_name)
        alias = (function or {}).get("aliases", {}).get(alias_name)
        if alias is None:
            return update(func_name, alias_name, data)
        merged = alias | data
        additional = (merged.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
        for version in (merged["FunctionVersion"], *additional):
            if version != "$LATEST" and version not in function["versions"]:
                return lambda_svc._function_qualifier_not_found(func_name, version)
        if merged["FunctionVersion"] in additional:
            return lambda_svc._invalid_parameter_value(
                f"The function version {merged['FunctionVersion']} is already routed to."
            )
        return update(func_name, alias_name, data)

    lambda_svc._update_alias = update_checked
