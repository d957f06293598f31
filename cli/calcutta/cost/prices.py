"""The price table: `prices.toml`, with where each price is from."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

TABLE = Path(__file__).with_name("prices.toml")


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What AWS charges for something: `dollars` for each `per` of it.

    Attributes:
        page: where AWS publishes it.
        confirmed: whether a copy or a quotation of that page was found to say so.
    """

    name: str
    dollars: float
    per: int
    unit: str
    page: str
    confirmed: bool

    def of(self, quantity: float) -> float:
        """Dollars for so much of it."""
        return self.dollars * quantity / self.per


class PriceTable(msgspec.Struct, frozen=True):
    """The prices of one region on one day, by meter, in the order in which they are shown."""

    region: str
    as_of: datetime.date
    prices: Mapping[str, Price]


@cache
def price_table() -> PriceTable:
    """The table that is part of the package."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    region, as_of = table.pop("region"), table.pop("as_of")
    return PriceTable(region, as_of, msgspec.convert(table, dict[str, Price]))
