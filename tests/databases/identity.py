"""Who a server says it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """What a server shows to those who connect over TLS, as files."""

    certificate: Path
    key: Path
