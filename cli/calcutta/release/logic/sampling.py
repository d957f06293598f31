"""How often the canary runs at a step."""

from __future__ import annotations

MISSED = 0.05
"""The accepted chance that a function's new code takes part in none of a step's runs."""


def runs_for(percent: int) -> int:
    """The smallest n for which (1 - percent/100)^n is at most `MISSED`: each run meets the new
    code of a function with that probability. 29 at 10 %, 5 at 50 %, 1 at 100 %."""
    runs, missed = 1, 1 - percent / 100
    while missed**runs > MISSED:
        runs += 1
    return runs
