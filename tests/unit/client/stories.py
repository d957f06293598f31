"""Auctions as both clients have to see them, for the tests of services/web.

`python -m tests.unit.client.stories` writes them anew from what `shared.client` makes of them.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import msgspec

from shared.client.view import AuctionView
from tests.unit.client.auctions import event_reply, opened, possible, snapshot_of

DOCUMENT = Path(__file__).with_name("stories.json")
STORIES, EVENTS = 8, 20
SAME = ("members", "lots", "rules", "title")
"""What no event changes is told once, at the beginning."""


def render() -> str:
    """Stories as JSON: the first snapshot, then each event with what a snapshot after it says."""
    stories = [_story(random.Random(number)) for number in range(STORIES)]
    return json.dumps(stories, separators=(",", ":")) + "\n"


def _story(source: random.Random) -> dict[str, Any]:
    view = AuctionView().fold(opened())
    told = []
    for _ in range(EVENTS):
        event = event_reply(view.seq + 1, source.choice(possible(view)))
        view = view.fold(event)
        after = _plain(snapshot_of(view))
        told.append(
            {
                "event": _plain(event),
                "after": {name: it for name, it in after.items() if name not in SAME},
            }
        )
    return {"opened": _plain(opened()), "told": told}


def _plain(message: msgspec.Struct) -> Any:
    return json.loads(msgspec.json.encode(message))


if __name__ == "__main__":
    DOCUMENT.write_text(render(), encoding="utf-8")
