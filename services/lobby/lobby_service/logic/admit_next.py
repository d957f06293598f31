"""An admission window: those whose turn it is come in, as pace and seats allow.

Any number of windows may work on a line at once, and each may die after every step: all they do can
be done again. The room seats by user, so nobody gets two seats; a turn is marked as admitted before
`served` moves past it, and `served` moves only from where it was read. Who was let in is paid for
out of the pace when `served` moves past them, whichever window marked them: so each once.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lobby_service.logic.estimate import sampled
from lobby_service.logic.line import Line
from lobby_service.logic.pace import allowance, spend
from lobby_service.logic.ports import Waiter
from lobby_service.logic.seating import Seated, seat
from lobby_service.logic.window import Window
from shared.limits import MAX_ADMIT

ROUNDS = 40
"""How often one window asks for the next places; what is left waits for the next window."""


class Admission(msgspec.Struct):
    """What one window did.

    Attributes:
        admitted: people who came in.
        expired: seats that were taken back.
        longest_ms: of those who came in, how long one waited since the doors opened.
    """

    admitted: int = 0
    expired: int = 0
    longest_ms: int = 0


def admit_next(auction_id: str, window: Window) -> Admission:
    """Open the doors if it is time, and let in who is next, until the room is full, the pace is
    used up, or nobody waits; close the line of an auction that is over. Raises what the room raises
    if it cannot be asked."""
    done = Admission()
    for _ in range(ROUNDS):
        line = window.lines.read(auction_id)
        if line is None or line.closed:
            return done
        now_ms = window.now_ms()
        if line.is_due(now_ms):
            # Whoever opened them, or if somebody got a number meanwhile: look again.
            window.lines.open_doors(line, window.new_seed(), now_ms)
        elif not _go_on(line, now_ms, window, done):
            return done
    return done


def _go_on(line: Line, now_ms: int, window: Window, done: Admission) -> bool:
    """One round; whether another one may find something to do."""
    turns = next_turns(line, window) if line.seed is not None else []
    able = turns[: _reach(turns, allowance(line, now_ms))]
    newcomers = [it for it in able if it is not None and it.state == "waiting"]
    passed, seated = _passed(able), Seated()
    if newcomers or not passed:
        seated = seat(line, newcomers, now_ms, window)
        _count(done, seated, line, now_ms)
        passed = _passed(able, seated.done)
    if seated.is_over:
        window.lines.close(line)
        return False
    if not passed:
        return False
    credit, extra_used = spend(line, _came(able[:passed], seated), now_ms)
    served = line.served + passed
    moved = msgspec.structs.replace(
        line,
        served=served,
        credit=credit,
        credited_at_ms=max(now_ms, line.credited_at_ms),
        samples=sampled(line.samples, now_ms, served),
    )
    advanced = window.lines.advance(line, moved, extra_used)
    return not advanced or not newcomers or passed == len(turns)


def next_turns(line: Line, window: Window) -> list[Waiter | None]:
    """Those whose places are next; None where nobody is (any more)."""
    places = [line.number_at(place) for place in line.next_places(MAX_ADMIT)]
    found = {}
    for series in ("early", "late"):
        wanted = [number for of, number in places if of == series]
        if wanted:
            numbered = window.numbers.at(line.auction_id, series, wanted)
            found.update({(series, number): who for number, who in numbered.items()})
    users = {user_id for user_id, _ in found.values()}
    waiters = window.waiters.read_many(line.auction_id, users) if users else {}

    def who(place: tuple[str, int]) -> Waiter | None:
        user_id, turn = found.get(place, ("", 0))
        waiter = waiters.get(user_id)
        return waiter if waiter is not None and waiter.turn == turn else None

    return [who(place) for place in places]


def _reach(turns: Sequence[Waiter | None], allowed: int) -> int:
    """How many of the turns can be looked at before more would have come in than is allowed."""
    for at, waiter in enumerate(turns):
        if waiter is not None and (waiter.state == "waiting" or _was_admitted(waiter)):
            if allowed == 0:
                return at
            allowed -= 1
    return len(turns)


def _passed(turns: Sequence[Waiter | None], seated: frozenset[str] = frozenset()) -> int:
    """How many of the first turns are over: there is nobody, or they do not wait any more."""
    for at, waiter in enumerate(turns):
        if waiter is not None and waiter.state == "waiting" and waiter.user_id not in seated:
            return at
    return len(turns)


def _came(passed: Sequence[Waiter | None], seated: Seated) -> int:
    """How many of the turns let somebody in, now or in a window before."""
    now = {it.user_id for it in seated.admitted}
    return sum(it is not None and (_was_admitted(it) or it.user_id in now) for it in passed)


def _was_admitted(waiter: Waiter) -> bool:
    return waiter.admitted_at_ms is not None


def _count(done: Admission, seated: Seated, line: Line, now_ms: int) -> None:
    done.admitted += len(seated.admitted)
    done.expired += seated.expired
    for waiter in seated.admitted:
        since_ms = max(waiter.joined_at_ms, line.doors_at_ms)
        done.longest_ms = max(done.longest_ms, now_ms - since_ms)
