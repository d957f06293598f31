"""Who may do what in a league, and what they send for it: every operation, written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select

from rds_bridge_service.adapters.tables import metadata
from tests.integration.rds_bridge.api.http import CREATE, TOURNAMENT

RESULTS = "round,winner,winner_score,loser,loser_score\nFirst Four,Deltas,70,Epsilons,60\n"
LOTS = {"lots": [{"slot_ids": [f"S00{n}"]} for n in (4, 3, 2, 1)]}

# who may: c(ommissioner), a(dmin), b(idder), s(pectator); * everyone who is signed in
TABLE: Mapping[str, tuple[str, Any]] = {
    "POST /leagues": ("*", CREATE),
    "GET /leagues": ("*", None),
    "POST /memberships": ("*", {"code": "CODE", "member_name": "Somebody"}),
    "POST /tournament-previews": ("*", TOURNAMENT),
    "GET /leagues/{league_id}": ("cabs", None),
    "PATCH /leagues/{league_id}": ("ca", {"name": "Other"}),
    "DELETE /leagues/{league_id}": ("c", None),
    "DELETE /leagues/{league_id}/membership": ("abs", None),
    "GET /leagues/{league_id}/members": ("cabs", None),
    "GET /leagues/{league_id}/members/{number}": ("cabs", None),
    "DELETE /leagues/{league_id}/members/{number}": ("ca", None),
    "PUT /leagues/{league_id}/members/{number}/role": ("c", {"role": "spectator"}),
    "PUT /leagues/{league_id}/members/{number}/budget": ("ca", {"budget_cents": 100}),
    "GET /leagues/{league_id}/invite": ("ca", None),
    "POST /leagues/{league_id}/invite": ("ca", None),
    "DELETE /leagues/{league_id}/invite": ("ca", None),
    "GET /leagues/{league_id}/tournament": ("cabs", None),
    "PUT /leagues/{league_id}/tournament": ("ca", TOURNAMENT),
    "GET /leagues/{league_id}/lots": ("cabs", None),
    "PUT /leagues/{league_id}/lots": ("ca", LOTS),
    "GET /leagues/{league_id}/rules": ("cabs", None),
    "PUT /leagues/{league_id}/rules": ("ca", {"clock_ms": 9_000}),
    "GET /leagues/{league_id}/settlement-rules": ("cabs", None),
    "PUT /leagues/{league_id}/settlement-rules": ("c", {"fee": {"basis_points": 100}}),
    "GET /leagues/{league_id}/results": ("cabs", None),
    "PUT /leagues/{league_id}/results": ("ca", {"results_csv": RESULTS}),
    "GET /leagues/{league_id}/settlement": ("cabs", None),
    "GET /leagues/{league_id}/settlement.csv": ("cabs", None),
    "GET /leagues/{league_id}/settlement.xlsx": ("cabs", None),
    "GET /leagues/{league_id}/sales": ("cabs", None),
}
LEAVE = "DELETE /leagues/{league_id}/membership"
OF_LEAGUES = {route: it for route, it in TABLE.items() if it[0] != "*"}


def everything(engine: Engine) -> dict[str, set[tuple[Any, ...]]]:
    """All rows of all tables."""
    with engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in metadata.sorted_tables
        }
