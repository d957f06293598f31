from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine

from chaos.databases import engine_of
from rds_bridge_service.adapters.leagues import leagues as module
from rds_bridge_service.logic.importing import import_league
from shared.bridge import LeagueImported
from tests.integration.rds_bridge.league import counts, leagues, request
from tests.unit.rds_bridge.driver_errors import DEADLOCKS, wrapped


def test_an_import_fills_every_table_it_concerns(engine: Engine) -> None:
    import_league(request(), leagues(engine))
    assert counts(engine) == {
        "tournament": 1, "slot": 4, "team": 5, "league": 1, "member": 2, "auction": 1,
        "lot": 3, "lot_slot": 4, "auction_event": 0, "bid": 0, "sale": 0,
        "game": 0, "award": 0, "quarantine": 0, "invite": 0, "live_notice": 0,
    }  # fmt: skip


def test_the_same_import_id_returns_what_the_first_one_made(engine: Engine) -> None:
    first = import_league(request(), leagues(engine))
    assert import_league(request(), leagues(engine)) == first
    assert counts(engine)["league"] == 1


def test_another_case_of_an_import_id_is_another_import(engine: Engine) -> None:
    first = import_league(request("import-1"), leagues(engine))
    assert import_league(request("IMPORT-1"), leagues(engine)) != first


def test_an_import_that_breaks_off_leaves_nothing_behind(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> list[dict[str, object]]:
        raise ConnectionError("lost")

    monkeypatch.setattr(module, "lot_slot_rows", lost)
    with pytest.raises(ConnectionError):
        import_league(request(), leagues(engine))
    assert set(counts(engine).values()) == {0}


def test_a_deadlock_is_survived(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    once = [wrapped(DEADLOCKS[engine.dialect.name])]
    look_up = module._imported

    def deadlock_first(connection: Connection, import_id: str) -> LeagueImported | None:
        if once:
            raise once.pop()
        return look_up(connection, import_id)

    new = module.SqlLeagues(engine, new_id=iter(["t", "l", "a"]).__next__)
    imported = new.imported
    monkeypatch.setattr(new, "imported", lambda _: None)
    monkeypatch.setattr(module, "_imported", deadlock_first)
    assert import_league(request(), new).auction_id == "a"
    assert imported("import-1") is not None


def test_imports_at_the_same_time_make_one_league(engine: Engine, database_url: str) -> None:
    def one(_: int) -> LeagueImported:
        with engine_of(database_url) as own:
            return import_league(request(), leagues(own))

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(one, range(8)))
    assert len({it.league_id for it in made}) == 1
    assert counts(engine)["league"] == 1
