"""Files that a person hands over."""

from __future__ import annotations

from pathlib import Path

from calcutta.problems import Problem


def text_of(path: Path) -> str:
    """A file's text.

    Raises:
        Problem: it is not UTF-8.
        OSError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(f"{path} is not UTF-8 text; save it as CSV UTF-8") from None
