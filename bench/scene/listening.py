"""How often a client asks how far the auction is in a night: its own rule, walked through one."""

from __future__ import annotations

import statistics

from shared.client.vigil import Patience, Vigil
from shared.settings import Settings

BETWEEN_BIDS_S = 5.0
CLIENTS = 20
"""Whose chances are as different as they can be."""


def pings_of_a_client(hours: float, lots: int, quiet_share: float) -> float:
    """The mean of many clients', connected once.

    Args:
        quiet_share: of a lot's time, how much is the pause before it, when nothing is heard; in
            the rest bids come, and then its clock runs out.
    """
    return statistics.fmean(
        _walk((n + 0.5) / CLIENTS, hours, lots, quiet_share) for n in range(CLIENTS)
    )


def _walk(share: float, hours: float, lots: int, quiet_share: float) -> int:
    lot_s = hours * 3_600 / lots
    clock_s = Settings().extension_ms / 1_000
    vigil, pings, now_s = Vigil(Patience(), 0.0, share), 0, 0.0
    for n in range(lots):
        up_at_s = (n + quiet_share) * lot_s
        sold_at_s = (n + 1) * lot_s
        pings += _silence(vigil, now_s, up_at_s, clock_runs=False)
        now_s = up_at_s
        while now_s < sold_at_s:
            last = now_s + BETWEEN_BIDS_S + clock_s > sold_at_s
            next_s = sold_at_s if last else now_s + BETWEEN_BIDS_S
            pings += _silence(vigil, now_s, next_s, clock_runs=True)
            now_s = next_s
    return pings


def _silence(vigil: Vigil, from_s: float, to_s: float, *, clock_runs: bool) -> int:
    """Something is heard at `from_s`, and then nothing but pongs before `to_s`."""
    vigil.heard(from_s)
    now_s, pings = from_s, 0
    while (due_in_s := vigil.due_in_s(now_s, clock_runs=clock_runs)) < to_s - now_s:
        now_s += max(0.0, due_in_s)
        vigil.asked(now_s)
        vigil.heard(now_s)
        pings += 1
    return pings
