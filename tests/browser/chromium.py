"""Where Chromium is."""

from __future__ import annotations

import os
import shutil


def chromium_program() -> str | None:
    """The program that `CHROMIUM` names, or the one that is installed; None without either."""
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")
