"""Telling a secret from a setting. Settings are read by many, logged and compared; secrets must not
be, so whatever looks like one is refused before it goes anywhere."""

from __future__ import annotations

import math
import re
from collections import Counter

_NAME = re.compile(
    r"passw|pwd|secret|token|credential|(api|private|access|signing|encryption)_?key"
    r"|connection_?string|database_?url|\bdsn\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"-----BEGIN|\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_|\bgithub_pat_|\bxox[abeprs]-"
    r"|\b[rs]k[-_](live|test|proj)?|\beyJ[\w-]+\.|://[^/\s:@]*:[^/\s@]+@|\{\{resolve:"
)
"""PEM, AWS, GitHub, Slack, Stripe and the like, JWT, an address with a password."""

_WORD = re.compile(r"[A-Za-z0-9+/=_-]{20,}")
RANDOM_BITS = 3.5
"""Bits a character (Shannon) from which on a long word with digits is no name any more: English
words have about 3, random base64 of 20 characters and more has over 4."""


def looks_secret(text: str) -> bool:
    """Whether a name or a value is likely to be, or to be about, a secret."""
    if _NAME.search(text) or _KNOWN.search(text):
        return True
    return any(_is_random(word) for word in _WORD.findall(text))


def _is_random(word: str) -> bool:
    has_both = any(it.isdigit() for it in word) and any(it.isalpha() for it in word)
    return has_both and _bits(word) >= RANDOM_BITS


def _bits(word: str) -> float:
    shares = (count / len(word) for count in Counter(word).values())
    return -sum(share * math.log2(share) for share in shares)
