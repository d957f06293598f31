"""Results and accounts in the database, up to the example league of 2023."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import ClauseElement, Engine, delete, event, insert, select, update
from sqlalchemy.dialects import mssql, mysql, postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.faults import Fault, fault_of
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.adapters.settlement import SqlSettlements
from rds_bridge_service.logic.importing import import_league
from rds_bridge_service.logic.settlement.importing import import_results
from rds_bridge_service.logic.settlement.settle import SoldLot, settle
from shared.bridge import ImportLeague, LeagueFiles
from shared.errors import ImportRefused, InvalidMessage, NotFound
from shared.events import AuctionClosed, LotSold
from shared.settlement import (
    Fee,
    ImportResults,
    PayoutRule,
    ResultsImported,
    Settlement,
    SettlementRules,
)
from tests.integration.rds_bridge.league import entries, leagues, request, sold
from tests.unit.rds_bridge.test_results_file import RESULTS

EXAMPLE = Path(__file__).parents[3] / "examples" / "ncaa-mens-2023"
BY_HAND = SettlementRules(
    fee=Fee(basis_points=100),
    payouts=(
        PayoutRule("Title", "Championship", basis_points=10_000),
        PayoutRule("Upset", fixed_cents=100),
    ),
)


@pytest.fixture
def auction_id(engine: Engine) -> str:
    """A league with a prize that is awarded by hand."""
    wanted = replace(request(uuid4().hex), settlement=BY_HAND)
    return import_league(wanted, leagues(engine)).auction_id


def imported(
    engine: Engine, auction_id: str, text: str = RESULTS, awards: dict[str, str] | None = None
) -> ResultsImported:
    return import_results(ImportResults(auction_id, text, awards), SqlSettlements(engine))


def settled(engine: Engine, auction_id: str) -> Settlement:
    return settle(SqlSettlements(engine).facts(auction_id))


def games(engine: Engine) -> list[tuple[int, str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(t.game.c.number, t.game.c.round, t.game.c.winner).order_by(t.game.c.number)
        )
        return [tuple(row) for row in rows]


def test_results_are_kept_in_their_order(engine: Engine, auction_id: str) -> None:
    assert imported(engine, auction_id) == ResultsImported(games=4, games_in_all=4, awards=0)
    assert games(engine) == [
        (1, "First Four", "Epsilons"),
        (2, "Final Four", "Alphas"),
        (3, "Final Four", "Epsilons"),
        (4, "Championship", "Epsilons"),
    ]


def test_the_same_results_again_change_nothing(engine: Engine, auction_id: str) -> None:
    first = imported(engine, auction_id)
    before = games(engine)
    assert imported(engine, auction_id) == first
    assert games(engine) == before


def test_other_results_replace_those_there_were(engine: Engine, auction_id: str) -> None:
    imported(engine, auction_id)
    imported(engine, auction_id, "\n".join(RESULTS.splitlines()[:3]))
    assert len(games(engine)) == 2


def test_results_with_a_problem_change_nothing(engine: Engine, auction_id: str) -> None:
    imported(engine, auction_id)
    with pytest.raises(ImportRefused) as refused:
        imported(engine, auction_id, RESULTS.replace("Championship", "Semis"))
    assert [(it.file, it.line) for it in refused.value.problems] == [("results.csv", 5)]
    assert len(games(engine)) == 4


def test_results_of_an_unknown_auction_are_not_found(engine: Engine, auction_id: str) -> None:
    with pytest.raises(NotFound):
        imported(engine, auction_id.upper())


def test_an_award_is_kept_by_its_rule_in_whatever_case(engine: Engine, auction_id: str) -> None:
    assert imported(engine, auction_id, awards={"upset": "gammas"}).awards == 1
    facts = SqlSettlements(engine).facts(auction_id)
    assert facts.awards == {"Upset": "S003"}


def test_results_without_awards_leave_those_there_are(engine: Engine, auction_id: str) -> None:
    imported(engine, auction_id, awards={"Upset": "Gammas"})
    assert imported(engine, auction_id).awards == 1


def test_awards_replace_those_there_were(engine: Engine, auction_id: str) -> None:
    imported(engine, auction_id, awards={"Upset": "Gammas"})
    assert imported(engine, auction_id, awards={}).awards == 0


@pytest.mark.parametrize(
    ("awards", "reason"),
    [
        ({"Title": "Alphas"}, "those that are: Upset"),
        ({"Upset": "Omegas"}, "not in the field"),
        ({"Upset": "Alphas", " upset": "Gammas"}, "awarded twice"),
    ],
)
def test_an_award_is_for_a_prize_given_by_hand_and_a_team(
    engine: Engine, auction_id: str, awards: dict[str, str], reason: str
) -> None:
    with pytest.raises(InvalidMessage, match=reason):
        imported(engine, auction_id, awards=awards)
    assert games(engine) == []


def test_the_facts_are_what_was_imported_sold_and_played(engine: Engine, auction_id: str) -> None:
    imported(engine, auction_id)
    SqlLedger(engine).append(
        entries(auction_id, [sold("L03", 900), sold("L01", 500), AuctionClosed(at_ms=1)])
    )
    facts = SqlSettlements(engine).facts(auction_id)
    assert (facts.title, facts.closed, facts.rules) == ("Lïga", True, BY_HAND)
    assert facts.sales == (SoldLot(1, 500, ("S001",)), SoldLot(1, 900, ("S002", "S004")))
    assert [it.slot_id for it in facts.wins] == ["S004", "S001", "S004", "S004"]
    assert [slot.teams for slot in facts.slots][3] == ("Deltas", "Epsilons")


def test_a_settlement_pays_the_owner_of_a_bundle(engine: Engine, auction_id: str) -> None:
    imported(engine, auction_id, awards={"Upset": "Epsilons"})
    SqlLedger(engine).append(entries(auction_id, [sold("L03", 10_000), AuctionClosed(at_ms=1)]))
    settlement = settled(engine, auction_id)
    assert (settlement.prize_pool_cents, settlement.fee_cents) == (100_00, 1_00)
    assert [(it.number, it.payout_cents) for it in settlement.standings] == [(0, 0), (1, 99_00)]
    assert settlement.pending == ()


def test_settling_an_unknown_auction_is_not_found(engine: Engine, auction_id: str) -> None:
    with pytest.raises(NotFound):
        settled(engine, "nowhere")


def test_a_league_from_before_there_were_such_rules_settles(
    engine: Engine, auction_id: str
) -> None:
    with engine.begin() as connection:
        connection.execute(update(t.league).values(settlement_rules=None))
    rules = settled(engine, auction_id).rules
    assert [it.rule for it in rules] == ["Wins in Final Four", "Championship"]


def test_the_database_takes_no_game_of_a_team_that_is_not_in_the_field(
    engine: Engine, auction_id: str
) -> None:
    imported(engine, auction_id)
    with engine.begin() as connection:
        row = dict(connection.execute(select(t.game)).mappings().first() or {})
        connection.execute(delete(t.game))
    wrong = row | {"winner": "Omegas"}
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        connection.execute(insert(t.game), [wrong])
    assert fault_of(raised.value) is Fault.REFUSED


@pytest.mark.parametrize(
    "dialect", [mssql.dialect, mysql.dialect, postgresql.dialect], ids=["mssql", "mysql", "pg"]
)
def test_no_statement_is_of_one_dialect_only(
    engine: Engine, auction_id: str, dialect: Callable[[], Dialect]
) -> None:
    said: list[ClauseElement] = []
    event.listen(engine, "before_execute", lambda _, statement, *__: said.append(statement))
    imported(engine, auction_id, awards={"Upset": "Gammas"})
    settled(engine, auction_id)
    told = [str(it.compile(dialect=dialect())) for it in said]
    assert {text.split()[0] for text in told} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert not [text for text in told if "MERGE" in text or "ON CONFLICT" in text]


@pytest.fixture
def example(engine: Engine) -> str:
    """The example league after its night: its twelve bidders bought the lots in turn."""
    files = LeagueFiles(
        teams_csv=(EXAMPLE / "teams.csv").read_text(),
        members_csv=(EXAMPLE / "members.csv").read_text(),
        bundled_seeds=(16,),
    )
    emails = ["commissioner", *(f"bidder{n:02d}" for n in range(1, 13)), "spectator"]
    wanted = ImportLeague(
        import_id=uuid4().hex,
        league_name="Example",
        tournament_name="2023",
        files=files,
        user_ids={f"{it}@example.com": f"u-{it}" for it in emails},
    )
    auction_id = import_league(wanted, leagues(engine)).auction_id
    sales = [
        LotSold(at_ms=n, lot_id=f"L{n:02d}", owner=n % 12 + 1, price_cents=10_37 + 3_11 * n)
        for n in range(1, 62)
    ]
    SqlLedger(engine).append(entries(auction_id, [*sales, AuctionClosed(at_ms=99)]))
    return auction_id


def test_the_example_league_settles_with_the_results_of_2023(engine: Engine, example: str) -> None:
    results = (EXAMPLE / "results.csv").read_text()
    assert imported(engine, example, results) == ResultsImported(67, 67, 0)
    settlement = settled(engine, example)
    assert settlement.pending == ()
    assert settlement.prize_pool_cents == sum(10_37 + 3_11 * n for n in range(1, 62))
    assert sum(it.payout_cents for it in settlement.standings) == settlement.prize_pool_cents
    assert sum(it.net_return_cents for it in settlement.standings) == 0
    assert settlement.returned_cents == 0
    assert [(it.decided, it.results) for it in settlement.rules] == [
        (n, n) for n in (32, 16, 8, 4, 2, 1)
    ]
    # Connecticut is the West's 4 seed, lot 49: of bidder 2.
    [champion] = [
        it.number
        for it in settlement.standings
        if any(line.rule == "Championship" for line in it.payouts)
    ]
    assert champion == 2
