"""What operators do to a line, by `calcutta lobby`."""

from typing import Any

from lobby_service.adapters.queues import A_MINUTE
from lobby_service.logic.run_line import run_line
from lobby_service.wiring import container
from shared.invoke import answer
from shared.lobby import CloseLine, LineReport, RunLine, ShowLine


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(request: RunLine) -> LineReport:
        report = run_line(
            request,
            lines=c.lines,
            room=c.room,
            now_ms=c.now_ms(),
            seat_claim_ms=c.settings().seat_claim_ms,
        )
        if not isinstance(request.order, ShowLine | CloseLine):
            # What was ordered holds now, not when the next minute begins.
            c.windows.send([request.auction_id], A_MINUTE)
        return report

    return answer(event, RunLine, serve)
