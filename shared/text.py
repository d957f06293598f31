"""Text that users wrote is data: it is shown, never obeyed."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """One line without control characters, which could steer a terminal or reverse the text."""
    return "".join(
        " " if character in "\n\t" else character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
