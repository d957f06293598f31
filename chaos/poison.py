"""One record in a thousand that nobody can read: it is set aside, and the others do not wait."""

from __future__ import annotations

import random
from typing import Any

from chaos.databases import bridge_on, databases, deliver, engine_of
from chaos.fault import Fault, Outcome
from chaos.night import batches, new_league, play, record
from rds_bridge_service.handlers import list_quarantine, redrive
from rds_bridge_service.wiring import container
from shared.bridge import ListEvents
from shared.codec import encode
from shared.events import LedgerEntry

RECORDS = 1_000
SEED = 8


def bring_about(records: int = RECORDS) -> Outcome:
    figures, failures = [], []
    with databases() as urls:
        for name, url in urls.items():
            with bridge_on(url), engine_of(url) as engine:
                auction_id = new_league(engine)
                ledger = play(engine, auction_id)[:records]
                if len(ledger) < records:
                    raise ValueError(f"the night has only {len(ledger)} events")
                said, wrong = _poisoned(auction_id, ledger)
            figures.append(f"{name}: {said}")
            failures += [f"{name}: {it}" for it in wrong]
    return Outcome(figures=figures, failures=failures)


def _poisoned(auction_id: str, ledger: list[LedgerEntry]) -> tuple[str, list[str]]:
    chance = random.Random(SEED)
    poisoned = ledger[chance.randrange(100, len(ledger) - 100)]
    whole = encode(poisoned).decode()
    broken = whole[: len(whole) // 2] + "\x00"
    records = [record(it, body=broken if it is poisoned else None) for it in ledger]
    for batch in batches(records, chance):
        deliver(batch)
    applied = _seqs(auction_id)
    others = [it.seq for it in ledger if it is not poisoned]
    rows = _ask(list_quarantine, {"auction_id": auction_id})["rows"]
    wrong = []
    if applied != others:
        wrong.append("not exactly the others were applied, in order")
    if len(rows) != 1 or rows[0]["seq"] != poisoned.seq or not rows[0]["reason"]:
        wrong.append(f"the quarantine has {rows}")
        return "", wrong
    this = {"quarantine_id": rows[0]["quarantine_id"]}
    unrepaired = _ask(redrive, this)
    repaired = _ask(redrive, this | {"payload": whole})
    left = _ask(list_quarantine, {"auction_id": auction_id})["waiting"]
    if unrepaired["applied"] or not repaired["applied"] or left:
        wrong.append(f"redrive said {unrepaired} as it was, {repaired} once repaired")
    if _seqs(auction_id) != [it.seq for it in ledger]:
        wrong.append("the ledger is not whole after redrive")
    return (
        f"{len(applied)} of {len(ledger):,} applied in order, {len(rows)} in quarantine "
        f"(“{rows[0]['reason'][:60]}”), after its repair and redrive "
        f"{len(_seqs(auction_id)):,} applied and {left} waiting",
        wrong,
    )


def _seqs(auction_id: str) -> list[int]:
    """Which events the database has, in its order."""
    seqs: list[int] = []
    while True:
        page = container().ledger.list_events(ListEvents(auction_id, seqs[-1] if seqs else 0))
        seqs += [it.seq for it in page.entries]
        if not page.more:
            return seqs


def _ask(function: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The reply of a function that services invoke."""
    reply: dict[str, Any] = function.handler({"hops": 1, "request": request}, None)["reply"]
    return reply


FAULT = Fault(
    name="poison",
    what="1 poison record in 1,000",
    must_hold="999 applied in order, 1 in quarantine with its reason, redrive works once repaired",
    on="the bridge's real handlers, on SQLite, PostgreSQL and MariaDB as far as installed",
    bring_about=bring_about,
    in_small=bring_about,
)
