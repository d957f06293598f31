"""`calcutta lobby set-aside`: what the lines went on without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import typer

from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output
from calcutta.sync.queues import depths, look


class SetAside(msgspec.Struct, frozen=True):
    """What nobody understood: where it came from, why, and the whole of it."""

    origin: str
    reason: str
    payload: str


def set_aside(ctx: typer.Context, stage: StageName = "local", as_json: AsJson = False) -> None:
    """What was not understood or failed for long, and why, in all lines; with --json, whole. It
    stays where it is."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    found = list(_read(look(here, "lobby", "SetAsideUrl")))
    windows = depths(here, "lobby", "WindowDeadLettersUrl").in_all
    places = depths(here, "lobby", "LineUpFailuresUrl").in_all
    if found:
        output.table(("from", "why"), [(it.origin, it.reason) for it in found])
    output.line(f"{len(found)} set aside")
    output.line(f"windows whose function died: {windows}")
    output.line(f"places that lineUp died of: {places}")
    output.result({"set_aside": found, "dead_windows": windows, "dead_places": places})


def _read(messages: Iterable[dict[str, Any]]) -> Iterable[SetAside]:
    for it in messages:
        try:
            yield msgspec.json.decode(it["Body"], type=SetAside)
        except msgspec.DecodeError:
            yield SetAside(f"message {it['MessageId']}", "not from the lobby", it["Body"])
