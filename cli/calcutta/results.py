"""Who owns what, from the sales that stand."""

from __future__ import annotations

import msgspec

from shared.bridge import Sale, Sales


class Owner(msgspec.Struct, frozen=True):
    number: int
    name: str
    natural_buy_in_cents: int
    lots: tuple[Sale, ...]


class Results(msgspec.Struct, frozen=True):
    """Members who may own lots, the one with the highest buy-in first."""

    owners: tuple[Owner, ...]
    prize_pool_cents: int


def results_of(sales: Sales) -> Results:
    """Sales grouped by their owners; spectators are left out."""
    owners = []
    for member in sales.members:
        lots = tuple(sale for sale in sales.sales if sale.owner == member.number)
        if lots or member.role != "spectator":
            paid = sum(lot.price_cents for lot in lots)
            owners.append(Owner(member.number, member.name, paid, lots))
    owners.sort(key=lambda owner: (-owner.natural_buy_in_cents, owner.number))
    return Results(tuple(owners), sum(owner.natural_buy_in_cents for owner in owners))
