"""Every message of a night comes twice, in any order; the tables must not show it."""

from __future__ import annotations

import random
from functools import partial

from chaos.databases import bridge_on, databases, deliver, engine_of
from chaos.fault import Fault, Outcome, say
from chaos.night import batches, new_league, play, record
from tests.integration.rds_bridge.league import everything

ROUNDS = 3
SEED = 2


def bring_about(rounds: int = ROUNDS) -> Outcome:
    figures, failures = [], []
    with databases() as urls:
        for name, url in urls.items():
            with bridge_on(url), engine_of(url) as engine:
                clean = new_league(engine)
                ledger = play(engine, clean)
                chance = random.Random(SEED)
                for batch in batches([record(it) for it in ledger], chance):
                    deliver(batch)
                right = everything(engine, clean)
                same = 0
                for place in range(rounds):
                    messages, rows = _jumbled(url, chance)
                    same += rows == right
                    say(f"{name}: round {place + 1} of {rounds}, {messages} messages")
            rows_in_all = sum(len(rows) for rows in right.values())
            figures.append(
                f"{name}: {len(ledger):,} events as {messages:,} messages, shuffled, "
                f"{same} of {rounds} runs identical in {rows_in_all:,} rows to the clean one"
            )
            if same != rounds:
                failures.append(f"{name}: {rounds - same} runs differ from the clean one")
    return Outcome(figures=figures, failures=failures)


def _jumbled(url: str, chance: random.Random) -> tuple[int, dict[str, set[tuple[object, ...]]]]:
    """How many messages there were, and what the tables say in the end."""
    with engine_of(url) as engine:
        auction_id = new_league(engine)
        ledger = play(engine, auction_id)
        messages = [record(it, delivery=n) for n in (1, 2) for it in ledger]
        chance.shuffle(messages)
        for batch in batches(messages, chance):
            deliver(batch)
        return len(messages), everything(engine, auction_id)


FAULT = Fault(
    name="delivered-twice",
    what="every message delivered twice, batches shuffled",
    must_hold="SQL identical to a clean run",
    on="the bridge's real handler, on SQLite, PostgreSQL and MariaDB as far as they are installed",
    bring_about=bring_about,
    in_small=partial(bring_about, rounds=1),
)
