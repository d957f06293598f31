"""Expecting an auction to say no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shared.errors import RefusalCode, Refused


class Refusal:
    """The refusal that was expected, once the block has ended."""

    error: Refused


@contextmanager
def refused(code: RefusalCode) -> Iterator[Refusal]:
    """Everything in the block up to a refusal with this code."""
    refusal = Refusal()
    with pytest.raises(Refused) as caught:
        yield refusal
    refusal.error = caught.value
    assert caught.value.refusal_code == code
