"""From an event to its response, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rds_bridge_service.adapters.faults import Fault, fault_of
from rds_bridge_service.api.requests import call_of
from rds_bridge_service.api.responses import refusal, response
from rds_bridge_service.logic.leagues.operations import BY_ROUTE
from rds_bridge_service.logic.leagues.ports import Desk
from rds_bridge_service.logic.leagues.serve import serve
from shared.errors import Busy, CalcuttaError, InvalidMessage, Unauthenticated, UnknownAction
from shared.logs import logger
from shared.metrics import emit


def respond(
    event: Mapping[str, Any], desk: Desk, send_notices: Callable[[], object]
) -> dict[str, Any]:
    """Answer a request; whoever asks learns nothing of what is inside.

    Args:
        send_notices: sends what a change has left for the live auction, once it is committed. It is
            asked after reads and refusals too: what could not be sent before waits for nobody's
            next change, and what is refused may have been done by an attempt that lost its
            connection.
    """
    try:
        operation = BY_ROUTE.get(event.get("routeKey", ""))
        if operation is None:
            raise UnknownAction("there is nothing at this address")
        answer = serve(operation, call_of(event, operation), desk)
        _send(send_notices)
        return response(operation.status, answer)
    except CalcuttaError as error:
        if not isinstance(error, Unauthenticated):
            _send(send_notices)
        return refusal(error)
    except Exception as error:  # noqa: BLE001 - logged whole; the caller learns nothing internal
        logger().exception("request failed", extra={"route": event.get("routeKey")})
        fault = fault_of(error)
        if fault is Fault.REFUSED:
            return refusal(
                InvalidMessage("a value is too long to be kept, or cannot be", field="$")
            )
        if fault is not Fault.UNKNOWN:
            return refusal(Busy("the database is busy; try again"))
        emit({"InternalErrors": 1})
        return refusal(CalcuttaError("something went wrong; try again"))


def _send(send_notices: Callable[[], object]) -> None:
    """The change is made and stays so; what cannot be sent now goes within a minute."""
    try:
        send_notices()
    except Exception:  # noqa: BLE001 - logged whole, and nothing is lost
        logger().exception("notices wait")
