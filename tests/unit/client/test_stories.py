from __future__ import annotations

from tests.unit.client.stories import DOCUMENT, render


def test_the_stories_that_the_page_is_tested_with_are_what_this_client_makes_of_them() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render(), (
        "run python -m tests.unit.client.stories"
    )
