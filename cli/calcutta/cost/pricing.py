"""What quantities cost, and the bills of this design and of the one with a NAT gateway."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from calcutta.cost import month
from calcutta.cost.crowd import IDLE, Crowd, steps_of
from calcutta.cost.prices import Price
from calcutta.cost.quantities import Night, quantities, steps

NAT_METER = "nat_kilobytes"


class Line(msgspec.Struct, frozen=True):
    """One item of a bill, in dollars."""

    meter: str
    what: str
    quantity: float
    dollars: float
    confirmed: bool


class Bill(msgspec.Struct, frozen=True):
    """Items and their sum, in dollars."""

    lines: tuple[Line, ...]
    dollars: float


class Costs(msgspec.Struct, frozen=True):
    """What a night costs, and a month without one; each also with a NAT gateway instead of the
    interface endpoint, everything being in the VPC."""

    night: Bill
    month: Bill
    night_with_nat: Bill
    month_with_nat: Bill


def costs(night: Night, prices: Mapping[str, Price]) -> Costs:
    """All bills of a stage that has one such night."""
    used = quantities(steps(night))
    through_nat = used.pop(NAT_METER)
    idle = add(month.SERVER, month.CANARY, month.NOTICES, IDLE)
    return Costs(
        night=bill(used, prices),
        month=bill(add(idle, month.WITHOUT_NAT), prices),
        night_with_nat=bill(used | {NAT_METER: through_nat}, prices),
        month_with_nat=bill(add(idle, month.WITH_NAT), prices),
    )


def crowd_bill(crowd: Crowd, prices: Mapping[str, Price]) -> Bill:
    """What a crowd that waits costs, beside the night."""
    return bill(quantities(steps_of(crowd)), prices)


def bill(used: Mapping[str, float], prices: Mapping[str, Price]) -> Bill:
    """What is used, in the order of the price table.

    Raises:
        ValueError: something is used that has no price.
    """
    unpriced = used.keys() - prices.keys()
    if unpriced:
        raise ValueError(f"prices.toml has no price for {', '.join(sorted(unpriced))}")
    lines = tuple(
        Line(meter, price.name, used[meter], price.of(used[meter]), price.confirmed)
        for meter, price in prices.items()
        if meter in used
    )
    return Bill(lines, sum(line.dollars for line in lines))


def add(*some: Mapping[str, float]) -> dict[str, float]:
    """Quantities together."""
    total: dict[str, float] = {}
    for quantity in some:
        for meter, amount in quantity.items():
            total[meter] = total.get(meter, 0.0) + amount
    return total
