import msgspec
import pytest

from rds_bridge_service.logic.importing import NewLeague, import_league
from shared.auction import BidRule, LeagueRules
from shared.bridge import ImportLeague, LeagueFiles, LeagueImported
from shared.errors import ImportRefused, InvalidMessage
from tests.unit.rds_bridge.files import MEMBERS, TEAMS, spoiled

REQUEST = ImportLeague(
    import_id="import-1",
    league_name="League",
    tournament_name="Tournament",
    files=LeagueFiles(teams_csv=TEAMS, members_csv=MEMBERS),
    user_ids={"commissioner@example.com": "u1", "bidder01@example.com": "u2"},
)


class InMemoryLeagues:
    def __init__(self) -> None:
        self.added: dict[str, NewLeague] = {}

    def imported(self, import_id: str) -> LeagueImported | None:
        return self._made(self.added[import_id]) if import_id in self.added else None

    def add(self, league: NewLeague, most: int | None = None) -> LeagueImported:
        self.added[league.import_id] = league
        return self._made(league)

    def _made(self, league: NewLeague) -> LeagueImported:
        name = league.import_id
        return LeagueImported(f"l-{name}", f"a-{name}", len(league.lots), len(league.members))


def test_an_import_counts_what_it_made() -> None:
    made = import_league(REQUEST, InMemoryLeagues())
    assert (made.lots, made.members) == (4, 2)


def test_members_are_numbered_in_file_order_and_known_by_their_users() -> None:
    leagues = InMemoryLeagues()
    import_league(REQUEST, leagues)
    members = leagues.added["import-1"].members
    assert [(it.number, it.user_id) for it in members] == [(0, "u1"), (1, "u2")]


def test_the_same_import_again_changes_nothing() -> None:
    leagues = InMemoryLeagues()
    first = import_league(REQUEST, leagues)
    kept = leagues.added["import-1"]
    again = msgspec.structs.replace(REQUEST, files=LeagueFiles(teams_csv="", members_csv=""))
    assert import_league(again, leagues) == first
    assert leagues.added["import-1"] is kept


def test_problems_of_files_and_users_are_told_together_and_nothing_is_kept() -> None:
    leagues = InMemoryLeagues()
    request = msgspec.structs.replace(
        REQUEST,
        files=LeagueFiles(teams_csv=spoiled(TEAMS, {2: "East,1,,no"}), members_csv=MEMBERS),
        user_ids={"commissioner@example.com": "u1"},
    )
    with pytest.raises(ImportRefused) as refused:
        import_league(request, leagues)
    assert [(it.file, it.line) for it in refused.value.problems] == [
        ("teams.csv", 2),
        ("members.csv", 3),
    ]
    assert leagues.added == {}


@pytest.mark.parametrize("field", ["league_name", "tournament_name"])
@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb"])
def test_a_name_that_cannot_be_shown_is_refused(field: str, name: str) -> None:
    with pytest.raises(InvalidMessage) as refused:
        import_league(msgspec.structs.replace(REQUEST, **{field: name}), InMemoryLeagues())
    assert refused.value.field == f"$.{field}"


@pytest.mark.parametrize("starts", [(1,), (0, 0), (0, 500, 100)])
def test_bid_rules_that_no_auction_could_open_with_are_refused(starts: tuple[int, ...]) -> None:
    rules = LeagueRules(bid_rules=tuple(BidRule(start, 100) for start in starts))
    with pytest.raises(InvalidMessage, match="start at 0 and ascend"):
        import_league(msgspec.structs.replace(REQUEST, rules=rules), InMemoryLeagues())
