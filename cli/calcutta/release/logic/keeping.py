"""Which versions of a function may go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calcutta.release.logic.records import Build, Release

KEPT_BUILDS = 5
"""So many recorded builds before the one that is live can still be promoted."""


def prunable(
    key: str,
    published: Iterable[str],
    live: Release,
    previous: Release | None,
    builds: Sequence[Build],
) -> list[str]:
    """Versions older than the live one that nothing needs: neither the previous release, nor a
    build after the live one, nor one of the `KEPT_BUILDS` before it.

    Args:
        builds: all that are recorded.
    """
    if key not in live.versions:
        return []
    number = live.build or 0
    earlier = sorted(build.build for build in builds if build.build < number)
    kept_from = min([number, *earlier[-KEPT_BUILDS:]])
    needed = {build.versions.get(key) for build in builds if build.build >= kept_from}
    needed |= {release.versions.get(key) for release in (live, previous) if release is not None}
    current = int(live.versions[key])
    return sorted(
        (version for version in published if int(version) < current and version not in needed),
        key=int,
    )
