"""What does not agree: the ledger, the aliases, the deployed code, another stage.

Each function raises Problem, which says what to do; none of them changes anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from calcutta.problems import Problem
from calcutta.release.logic.records import Build, Entry, Promotion, Release
from calcutta.release.logic.routing import Alias, Routing, moved_by_others


def refuse_other_content(there: Build, recorded: Build) -> None:
    """A build is recorded once; the same again changes nothing."""
    if there.commit != recorded.commit:
        raise Problem(
            f"build {there.build} is recorded already, of commit {there.commit}: "
            "give this one a number of its own"
        )
    differs = sorted(
        key
        for key in there.functions.keys() | recorded.functions.keys()
        if there.functions.get(key) != recorded.functions.get(key)
    )
    if differs:
        raise Problem(
            f"build {there.build} is recorded already with other code or configuration "
            f"({_some(differs)}): give this one a number of its own"
        )


def refuse_other_code(build: Build, deployed: Collection[str], codes: Mapping[str, str]) -> None:
    """What the ledger says of a build is what Lambda has.

    Args:
        deployed: the functions that there are.
        codes: the SHA-256 of each of the build's versions, without those that are gone.
    """
    gone = sorted(build.functions.keys() - set(deployed))
    if gone:
        raise Problem(
            f"build {build.build} has functions that are no longer deployed ({_some(gone)}): "
            "deploy its commit again and record it as a new build"
        )
    pruned = sorted(
        f"{key} version {it.version}" for key, it in build.functions.items() if key not in codes
    )
    if pruned:
        raise Problem(
            f"build {build.build} has versions that are no longer there ({_some(pruned)}): "
            "deploy its commit again and record it as a new build"
        )
    other = sorted(
        f"{key} version {it.version}"
        for key, it in build.functions.items()
        if codes[key] != it.code_sha256
    )
    if other:
        raise Problem(
            f"the ledger disagrees with the deployed code of build {build.build} "
            f"({_some(other)}): deploy its commit again and record it as a new build"
        )


def refuse_lost_versions(promotion: Promotion, codes: Mapping[str, str]) -> None:
    """Every version that a way back leads to is there still."""
    lost = sorted(
        f"{key} version {promotion.old.versions[key]}" for key in promotion.keys if key not in codes
    )
    if lost:
        raise Problem(
            f"{promotion.old} has versions that are no longer there ({_some(lost)}): "
            "promote a build that is whole instead, see calcutta release list"
        )


def refuse_hand_moved(live: Release | None, aliases: Mapping[str, Alias]) -> None:
    """Every alias is where the ledger says; before the first release it says nothing."""
    expected = {} if live is None else live.versions
    moved = {
        key: alias
        for key, alias in aliases.items()
        if alias.routing != Routing(expected.get(key, alias.routing.version))
    }
    if moved:
        key, alias = min(moved.items())
        says = f"the ledger says version {expected[key]}" if key in expected else "is not by us"
        raise Problem(
            f"somebody moved {_count(moved)} by hand: {key} is at {alias.routing}, {says}; "
            "put it back, or accept what is there with --adopt"
        )


def refuse_moved_meanwhile(promotion: Promotion, aliases: Mapping[str, Alias], stage: str) -> None:
    """Every alias is where this promotion may have put it."""
    moved = moved_by_others(promotion, aliases)
    if moved:
        key, alias = min(moved.items())
        raise Problem(
            f"somebody moved {_count(moved)} by hand: {key} is at {alias.routing}, to which this "
            "promotion never moved it; to put it back with the rest: "
            f"calcutta release rollback --stage {stage} --adopt"
        )


def refuse_unless_passed(build: Build, staging: Sequence[Build]) -> None:
    """Production takes the code that went through staging, whatever its number was there.

    Args:
        staging: every build that is recorded there.
    """
    if any(it.passed and _codes(it) == _codes(build) for it in staging):
        return
    number = build.build
    staged = next((it for it in staging if it.build == number), None)
    forcing = "or force it: --force --reason TEXT"
    if staged is None:
        raise Problem(f"build {number} was never recorded in staging: promote it there, {forcing}")
    codes, there = _codes(build), _codes(staged)
    differs = sorted(key for key in codes | there if codes.get(key) != there.get(key))
    if differs:
        raise Problem(
            f"build {number} is not the code that staging has under this number "
            f"({_some(differs)}): deploy the same commit to both, {forcing}"
        )
    match staged.outcome:
        case Entry(what="failed"):
            happened = "failed"
        case Entry(what="rolled_back"):
            happened = "was rolled back"
        case _:
            happened = "was not promoted"
    raise Problem(f"build {number} {happened} in staging: promote it there, {forcing}")


def _codes(build: Build) -> dict[str, str]:
    return {key: it.code_sha256 for key, it in build.functions.items()}


def _count(aliases: Collection[str]) -> str:
    return "an alias" if len(aliases) == 1 else f"{len(aliases)} aliases"


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
