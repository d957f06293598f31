"""How a client keeps its connection."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from shared.client.backoff import Backoff
from shared.client.vigil import Patience
from shared.clock import now_ms

ANSWER_S = 10.0
"""A command without an answer for this long is sent again, with the same request id."""

RENEWAL = (0.85, 0.95)
"""A connection is renewed somewhere in this part of its lifetime, so that a crowd that came at
once does not come back at once."""


class Options(msgspec.Struct, frozen=True):
    """Tests replace the time and hurry the rest."""

    now_ms: Callable[[], int] = now_ms
    backoff: Backoff = Backoff()
    patience: Patience = Patience()
    answer_s: float = ANSWER_S
