from rds_bridge_service.logic.casts import MOST_AUCTIONS, Casts
from rds_bridge_service.logic.understanding import Cast, misfit
from shared.events import LedgerEntry, LotSold


class League:
    """Auctions that can be looked up; each look is noted."""

    def __init__(self, *auction_ids: str) -> None:
        self.casts = {it: Cast(frozenset({"L01"}), frozenset({0})) for it in auction_ids}
        self.looks: list[set[str]] = []

    def read(self, auction_ids: set[str]) -> dict[str, Cast]:
        self.looks.append(auction_ids)
        return {it: self.casts[it] for it in auction_ids if it in self.casts}


def sale(auction_id: str, owner: int = 0) -> LedgerEntry:
    return LedgerEntry(auction_id, 1, LotSold(at_ms=1, lot_id="L01", owner=owner, price_cents=1))


def test_a_cast_is_looked_up_once() -> None:
    league = League("a")
    casts = Casts(league.read)
    assert [casts.of([sale("a")])["a"] for _ in range(3)] == [league.casts["a"]] * 3
    assert league.looks == [{"a"}]


def test_whoever_is_not_in_the_cast_that_is_remembered_is_looked_up() -> None:
    league = League("a", "b")
    casts = Casts(league.read)
    casts.of([sale("a"), sale("b")])
    league.casts["a"] = Cast(frozenset({"L01"}), frozenset({0, 7}))
    newcomer = sale("a", owner=7)
    assert misfit(newcomer, casts.of([newcomer, sale("b")])["a"]) is None
    assert league.looks == [{"a", "b"}, {"a"}]


def test_an_auction_that_is_gone_is_forgotten_when_it_is_looked_up() -> None:
    league = League("a")
    casts = Casts(league.read)
    casts.of([sale("a")])
    del league.casts["a"]
    assert casts.of([sale("a", owner=7)]) == {}


def test_an_auction_that_does_not_exist_is_looked_up_every_time() -> None:
    league = League()
    casts = Casts(league.read)
    assert casts.of([sale("a")]) == casts.of([sale("a")]) == {}
    assert league.looks == [{"a"}, {"a"}]


def test_no_more_auctions_are_remembered_than_there_is_memory_for() -> None:
    league = League(*(f"a{n}" for n in range(MOST_AUCTIONS + 1)))
    casts = Casts(league.read)
    for n in range(MOST_AUCTIONS):
        casts.of([sale(f"a{n}")])
    both = casts.of([sale("a0"), sale(f"a{MOST_AUCTIONS}")])
    assert set(both) == {"a0", f"a{MOST_AUCTIONS}"}
    assert league.looks[-1] == {f"a{MOST_AUCTIONS}"}
