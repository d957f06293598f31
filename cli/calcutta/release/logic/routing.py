"""Where an alias sends its calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from calcutta.release.logic.records import Promotion


class Routing(msgspec.Struct, frozen=True):
    """Calls go to `version`, but for the shares (0 to 1) of other versions."""

    version: str
    shares: Mapping[str, float] = {}

    def __str__(self) -> str:
        shares = (f"{share:.0%} version {version}" for version, share in self.shares.items())
        return ", ".join((f"version {self.version}", *shares))


class Alias(msgspec.Struct, frozen=True):
    """An alias `live` as it was read; every change gives it another `revision_id`."""

    routing: Routing
    revision_id: str


def at_percent(old: str, new: str, percent: int) -> Routing:
    """The routing of a step. Lambda refuses a share for the alias's own version."""
    if old == new or percent == 0:
        return Routing(old)
    return Routing(new) if percent == 100 else Routing(old, {new: percent / 100})


def routings(promotion: Promotion, percent: int) -> dict[str, Routing]:
    """Of every key that the promotion moves."""
    old, new = promotion.old.versions, promotion.new.versions
    return {key: at_percent(old[key], new[key], percent) for key in promotion.keys}


def moved_by_others(promotion: Promotion, aliases: Mapping[str, Alias]) -> dict[str, Alias]:
    """The aliases that are where no step of this promotion puts them."""
    possible = [routings(promotion, percent) for percent in {0, *promotion.steps}]
    return {
        key: aliases[key]
        for key in promotion.keys
        if all(aliases[key].routing != step[key] for step in possible)
    }


def elsewhere(
    wanted: Mapping[str, Routing], aliases: Mapping[str, Alias]
) -> Iterator[tuple[str, Routing]]:
    """What has still to be moved, and where to."""
    for key, routing in wanted.items():
        if aliases[key].routing != routing:
            yield key, routing
