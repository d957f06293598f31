"""Tax, fee, and whole cents out of exact amounts. Integers and fractions, no floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from shared.settlement import WHOLE_BASIS_POINTS, Fee, TaxBracket

Key = TypeVar("Key", int, str)


def tax_cents(natural_buy_in_cents: int, brackets: Sequence[TaxBracket]) -> int:
    """The surcharge on a natural buy-in: each bracket's rate on the part that lies in it.

    Computed exactly over all brackets (ascending), then rounded down to a cent.
    """
    starts = [bracket.from_cents for bracket in brackets]
    bounds = pairwise([*starts, max([natural_buy_in_cents, *starts])])
    parts = [max(0, min(natural_buy_in_cents, end) - start) for start, end in bounds]
    owed = sum(part * it.basis_points for part, it in zip(parts, brackets, strict=True))
    return owed // WHOLE_BASIS_POINTS


def fee_cents(pool_cents: int, fee: Fee) -> int:
    """What the commissioner keeps, rounded down to a cent; never more than there is."""
    if fee.fixed_cents is not None:
        return min(fee.fixed_cents, pool_cents)
    return pool_cents * (fee.basis_points or 0) // WHOLE_BASIS_POINTS


def whole_cents(total_cents: int, exact: Mapping[Key, Fraction]) -> dict[Key, int]:
    """Share `total_cents` out by largest remainder (the method of Hamilton).

    Everyone gets the whole cents of their exact amount. The cents that are left go, one each,
    to the largest fractions of a cent; equal fractions are served by ascending key.

    Args:
        exact: amounts in cents, none negative. Their sum is `total_cents`, or less than a cent
            away from it, so that nobody is a whole cent away from what is exactly theirs.

    Raises:
        ValueError: the amounts are further away than that.
    """
    shares = {key: amount.numerator // amount.denominator for key, amount in exact.items()}
    left = total_cents - sum(shares.values())
    broken = [key for key, amount in exact.items() if amount.denominator != 1]
    if not 0 <= left <= len(broken):
        raise ValueError("the amounts do not sum to the total")
    broken.sort(key=lambda key: (shares[key] - exact[key], key))
    for key in broken[:left]:
        shares[key] += 1
    return shares
