"""Is a history linearizable? Wing and Gong's search, with the memory that Lowe gave it.

A history is linearizable if its calls can be put in one order in which every call comes between
its being sent and its being answered, and in which a sequential model gives every answer that was
given (Herlihy and Wing, 1990). The search takes any call that nothing still waiting was answered
before, asks the model, and goes back where the answer does not fit; a set of calls that led to
the same state before is not tried again (Lowe, 2017).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol, Self

from chaos.histories.recording import Call


class Model(Protocol):
    """The sequential object, at one moment."""

    @property
    def key(self) -> Hashable:
        """Equal for moments that will answer alike."""
        ...

    def after(self, call: Call) -> Self | None:
        """The moment after the call; None if it would have been answered differently."""
        ...


def linearization(calls: Sequence[Call], start: Model) -> list[Call] | None:
    """An order that explains every answer, or None if there is none."""
    ordered = sorted(calls, key=lambda call: call.invoked_ns)
    everything = (1 << len(ordered)) - 1
    tried: set[tuple[int, Hashable]] = set()
    path: list[int] = []
    # each level: the model there, what was done, and what could still come next
    levels = [(start, 0, _next_calls(ordered, 0))]
    while levels:
        model, done, candidates = levels[-1]
        if done == everything:
            return [ordered[place] for place in path]
        deeper = None
        while candidates and deeper is None:
            place = candidates.pop()
            after = model.after(ordered[place])
            now_done = done | (1 << place)
            if after is not None and (now_done, after.key) not in tried:
                tried.add((now_done, after.key))
                path.append(place)
                deeper = (after, now_done, _next_calls(ordered, now_done))
        if deeper is not None:
            levels.append(deeper)
        else:
            levels.pop()
            if path:
                path.pop()
    return None


def _next_calls(ordered: Sequence[Call], done: int) -> list[int]:
    """The waiting calls that were sent before any waiting call was answered, the one answered
    first at the end."""
    waiting = [place for place in range(len(ordered)) if not done >> place & 1]
    if not waiting:
        return []
    first_answer = min(ordered[place].returned_ns for place in waiting)
    possible = [place for place in waiting if ordered[place].invoked_ns <= first_answer]
    return sorted(possible, key=lambda place: -ordered[place].returned_ns)
