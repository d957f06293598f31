"""Attack after attack on the real handlers; nothing may change, everything gets a code."""

from __future__ import annotations

import random
import time
from collections import Counter
from functools import partial

from chaos.fault import Fault, Outcome, say
from chaos.hostile.attack import Attack
from chaos.hostile.doors import Doors
from chaos.hostile.frames import Frames, refused_by_state
from chaos.hostile.judging import judge
from chaos.hostile.leagues import LeagueRequests
from chaos.hostile.target import Target, target

ATTACKS = 20_000
LOOK_EVERY = 1_000
SEED = 20_000
SHARES = (50, 10, 15, 25)
"""Percent of broken frames, of frames that the state refuses, of attempts at the doors, of requests
at the leagues' API."""


def bring_about(attacks: int = ATTACKS) -> Outcome:
    with target() as it:
        return attack_often(it, attacks)


def attack_often(it: Target, attacks: int) -> Outcome:
    chance = random.Random(SEED)
    frames, doors, refused = Frames(chance), Doors(chance, it.stale), refused_by_state(chance)
    leagues = LeagueRequests(chance, it.api, it.league_id)
    answers: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    functions: set[str] = set()
    failures: list[str] = []
    untouched, looks, changes, slowest_s = it.fingerprint(), 0, 0, 0.0
    for place in range(1, attacks + 1):
        supplies = (frames.attack, lambda: next(refused), doors.attack, leagues.attack)
        attack = chance.choices(supplies, SHARES)[0]()
        started = time.perf_counter()
        code, wrong = _hit(it, attack)
        slowest_s = max(slowest_s, time.perf_counter() - started)
        answers[code] += 1
        kinds[attack.kind] += 1
        functions.add(attack.function)
        if wrong:
            failures.append(f"{attack.kind} ({attack.function}): {wrong}")
        if place % LOOK_EVERY == 0 or place == attacks:
            say(f"{place:,} of {attacks:,} attacks, {len(failures)} answered wrongly")
            looks += 1
            if it.fingerprint() != untouched:
                changes += 1
                failures.append(f"something changed in the {LOOK_EVERY} attacks before {place:,}")
                untouched = it.fingerprint()
    return Outcome(
        figures=[
            f"{attacks:,} attacks of {len(kinds)} kinds on {len(functions)} functions, "
            f"{attacks - len(failures):,} answered as they should be",
            f"{len(answers)} different answers, the commonest "
            + ", ".join(f"{code} {count:,}" for code, count in answers.most_common(4)),
            f"{looks} digests of all rows and of all that was posted, {changes} of them changed",
            f"slowest answer {slowest_s * 1000:.0f} ms",
        ],
        failures=failures,
    )


def _hit(it: Target, attack: Attack) -> tuple[str, str | None]:
    try:
        reply = it.hit(attack)
    except Exception as crash:  # noqa: BLE001 - a crash is what we look for
        return "crash", f"crashed with {type(crash).__name__}: {crash}"
    answered = judge(attack, reply)
    return answered.code, answered.wrong


FAULT = Fault(
    name="hostile",
    what="20,000 malformed or hostile frames and requests",
    must_hold="each answered with a coded error; no 500, no leak of internals, no state change",
    on="the real handlers and adapters in one process, on moto and SQLite; for the live auction a "
    "bridge that knows nobody",
    bring_about=bring_about,
    in_small=partial(bring_about, attacks=500),
)
