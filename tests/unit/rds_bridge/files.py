"""Small files that can be imported, to be spoiled by a test."""

from __future__ import annotations

from collections.abc import Mapping

TEAMS = """\
region,seed,team,play_in
East,1,Alphas,no
East,2,Betas,no
West,1,Gammas,no
West,2,Deltas,yes
West,2,Epsilons,yes
"""

MEMBERS = """\
name,email,role,budget
Commissioner,commissioner@example.com,commissioner,
Bidder 01,bidder01@example.com,bidder,250.50
"""


def spoiled(text: str, changes: Mapping[int, str]) -> str:
    """`text` with other lines in the place of some, by 1-based number."""
    lines = text.splitlines()
    return "\n".join(changes.get(number, line) for number, line in enumerate(lines, start=1))
