"""The order of a release: callees before callers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def ranks(calls: Mapping[str, Collection[str]]) -> tuple[tuple[str, ...], ...]:
    """Functions in the order in which they are moved: everything a function calls is in an earlier
    rank, or, where functions call each other in a circle, in its own.

    Args:
        calls: for each key the keys that it calls; those that are not keys themselves are ignored.
    """
    rank_of: dict[str, int] = {}
    for circle in _circles({key: sorted(set(calls[key]) & calls.keys()) for key in sorted(calls)}):
        called = {callee for key in circle for callee in calls[key]} - set(circle)
        below = [rank_of[callee] for callee in called if callee in rank_of]
        rank_of |= dict.fromkeys(circle, max(below, default=-1) + 1)
    height = max(rank_of.values(), default=-1) + 1
    return tuple(
        tuple(sorted(key for key, rank in rank_of.items() if rank == level))
        for level in range(height)
    )


def _circles(calls: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Strongly connected components, callees first (Tarjan 1972)."""
    found_at: dict[str, int] = {}
    reaches: dict[str, int] = {}
    stack: list[str] = []

    def visit(key: str) -> Iterator[list[str]]:
        found_at[key] = reaches[key] = len(found_at)
        stack.append(key)
        for callee in calls[key]:
            if callee not in found_at:
                yield from visit(callee)
                reaches[key] = min(reaches[key], reaches[callee])
            elif callee in stack:
                reaches[key] = min(reaches[key], found_at[callee])
        if reaches[key] == found_at[key]:
            start = stack.index(key)
            yield stack[start:]
            del stack[start:]

    for key in calls:
        if key not in found_at:
            yield from visit(key)
