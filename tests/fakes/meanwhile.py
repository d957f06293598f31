"""Races, made to happen: what others do between two steps of the code under test."""

from __future__ import annotations

from collections.abc import Callable

Action = Callable[[], object]


class Meanwhile:
    """A queue of things that others do; one happens each time a fake comes to the place."""

    def __init__(self) -> None:
        self._actions: list[Action] = []
        self._happening = False

    def __call__(self, *actions: Action) -> None:
        """Queue what is to happen, one at each of the next occasions."""
        self._actions += actions

    def happen(self) -> None:
        """The occasion; what an action causes itself is none."""
        if self._happening or not self._actions:
            return
        self._happening = True
        try:
            self._actions.pop(0)()
        finally:
            self._happening = False
