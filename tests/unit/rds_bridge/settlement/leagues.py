"""Leagues to settle: a small one to work out by hand, and any that could be."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules
from rds_bridge_service.logic.settlement.settle import Facts, SoldLot, Win
from shared.auction import Member, Slot
from shared.fields import Role
from shared.settlement import Fee, PayoutRule, SettlementRules, TaxBracket

SEMIS = PayoutRule("Semis", "Final Four", basis_points=2_500)
TITLE = PayoutRule("Title", "Championship", basis_points=5_000)
UPSET = PayoutRule("Upset", fixed_cents=10_00)


def member(number: int, role: Role = "bidder") -> Member:
    return Member(number, f"u{number}", f"Member {number:02d}", role)


def slots(count: int) -> tuple[Slot, ...]:
    return tuple(Slot(f"S{n:03d}", "East", n, (f"Team {n}",)) for n in range(1, count + 1))


SMALL = Facts(
    auction_id="a-1",
    title="Small",
    closed=True,
    rules=SettlementRules(payouts=(SEMIS, TITLE)),
    members=(member(0, "commissioner"), member(1), member(2), member(3, "spectator")),
    sales=(
        SoldLot(0, 10_00, ("S001",)),
        SoldLot(1, 20_00, ("S002",)),
        SoldLot(2, 70_00, ("S003", "S004")),
    ),
    slots=slots(4),
    wins=(Win("Final Four", "S001"), Win("Final Four", "S003"), Win("Championship", "S001")),
    awards={},
)
"""One hundred dollars; member 0 wins a semi-final and the title, member 2 the other semi-final."""


@st.composite
def _rules(draw: st.DrawFn, field: tuple[Slot, ...]) -> SettlementRules:
    """Any rules that a league with this field may have."""
    rounds = rounds_of(field)
    payouts = [PayoutRule("Upset", fixed_cents=draw(st.integers(1, 100_000)))]
    payouts += [
        PayoutRule(it.name, it.name, fixed_cents=7) for it in rounds[: draw(st.integers(0, 2))]
    ]
    left = 10_000
    for it in rounds[:-1]:
        each = draw(st.integers(1, max(1, left // it.games // 2)))
        if each * it.games < left:
            payouts.append(PayoutRule(f"Wins in {it.name}", it.name, basis_points=each))
            left -= each * it.games
    payouts.append(PayoutRule("By hand", basis_points=left))
    fee = draw(
        st.one_of(
            st.builds(Fee, basis_points=st.none() | st.integers(1, 10_000)),
            st.builds(Fee, fixed_cents=st.integers(1, 1_000_000)),
        )
    )
    starts = draw(st.sets(st.integers(0, 1_000_000), max_size=4))
    tax = tuple(TaxBracket(it, draw(st.integers(1, 10_000))) for it in sorted(starts))
    return checked_rules(SettlementRules(fee=fee, tax=tax, payouts=tuple(payouts)), rounds)


@st.composite
def _field(draw: st.DrawFn, count: int) -> tuple[Slot, ...]:
    """Slots, some of which two play-in teams share."""
    shared = draw(st.sets(st.integers(1, count), max_size=count // 2))
    return tuple(
        replace(it, teams=(*it.teams, f"Other {it.seed}")) if it.seed in shared else it
        for it in slots(count)
    )


@st.composite
def _sales(draw: st.DrawFn, ids: list[str], owners: st.SearchStrategy[int]) -> list[SoldLot]:
    """Lots of one to four slots, in any order of the field; some are not sold."""
    left = draw(st.permutations(ids))
    sold = []
    while left:
        size = draw(st.integers(1, min(4, len(left))))
        lot, left = left[:size], left[size:]
        if draw(st.integers(0, 3)):
            price = draw(st.integers(1, 100_000_000_000))
            sold.append(SoldLot(draw(owners), price, tuple(lot)))
    return sold


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Any league: some lots of several slots, some unsold, some games not played, some prizes not
    awarded, and members who are spectators now, be it that they own a lot.
    """
    count = draw(st.integers(2, 16))
    field = draw(_field(count))
    ids = [it.slot_id for it in field]
    numbers = range(draw(st.integers(1, 8)))
    spectators = draw(st.sets(st.sampled_from(numbers), max_size=2))
    wins = [
        Win(it.name, draw(st.sampled_from(ids)))
        for it in rounds_of(field)
        for _ in range(draw(st.integers(0, it.games)))
    ]
    return Facts(
        auction_id="a-1",
        title="Any",
        closed=draw(st.booleans()),
        rules=draw(_rules(field)),
        members=tuple(member(it, "spectator" if it in spectators else "bidder") for it in numbers),
        sales=tuple(draw(_sales(ids, st.sampled_from(numbers)))),
        slots=field,
        wins=tuple(wins),
        awards=draw(st.dictionaries(st.sampled_from(["Upset", "By hand"]), st.sampled_from(ids))),
    )
