from typing import Any, get_args

import pytest

from shared import commands
from shared.commands import AnyCommand, Command, Hammer
from shared.errors import Forbidden
from shared.fields import Role
from tests.fakes.builders import CALLERS, FAY
from websocket_service.logic.authority import RIGHTS, require_right

# one letter a role that may: Commissioner, Admin, Bidder, Spectator
MATRIX: dict[type[Command], str] = {
    commands.OpenAuction: "C",
    commands.NextLot: "CA",
    commands.PlaceBid: "CAB",
    commands.SetMaximum: "CAB",
    commands.Hammer: "CABS",
    commands.PassLot: "CA",
    commands.UndoBid: "CA",
    commands.ResetLot: "CA",
    commands.ResetClock: "CA",
    commands.Pause: "CA",
    commands.Resume: "CA",
    commands.SetAutoNext: "CA",
    commands.CloseAuction: "C",
    commands.ReopenAuction: "C",
    commands.SendChat: "CABS",
    commands.GetState: "CABS",
    commands.WhoIsHere: "CABS",
    commands.Ping: "CABS",
}
EXAMPLE: dict[str, Any] = {
    "request_id": "r",
    "lot_id": "L1",
    "amount_cents": 1,
    "maximum_cents": 1,
    "text": "hi",
    "client_time_ms": 0,
}


def example(kind: type[Command]) -> Command:
    """A command of this kind."""
    fields = [field for field in kind.__struct_fields__ if field in EXAMPLE]
    return kind(**{field: EXAMPLE[field] for field in fields})


def may(role: Role, command: Command) -> bool:
    try:
        require_right(CALLERS[role], command)
    except Forbidden:
        return False
    return True


def test_the_matrix_names_every_command_there_is() -> None:
    assert set(MATRIX) == set(RIGHTS) == set(get_args(AnyCommand))


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("kind", MATRIX, ids=lambda kind: kind.__name__)
def test_each_role_may_do_what_the_matrix_says(kind: type[Command], role: Role) -> None:
    assert may(role, example(kind)) == (role[0].upper() in MATRIX[kind])


@pytest.mark.parametrize("role", get_args(Role))
def test_only_the_commissioner_may_force_the_hammer(role: Role) -> None:
    forced = Hammer(request_id="r", lot_id="L1", forced=True)
    assert may(role, forced) == (role == "commissioner")


def test_a_refusal_says_which_roles_may() -> None:
    with pytest.raises(
        Forbidden, match="this needs the role admin or commissioner; yours is bidder"
    ):
        require_right(CALLERS["bidder"], example(commands.Pause))


@pytest.mark.parametrize("role", get_args(Role))
def test_only_who_runs_the_auction_bids_in_anothers_name(role: Role) -> None:
    command = commands.PlaceBid(request_id="r", lot_id="L1", amount_cents=1, bidder=99)
    assert may(role, command) == (role in ("commissioner", "admin"))


def test_a_bidder_may_name_themselves() -> None:
    bidder = CALLERS["bidder"]
    require_right(
        bidder,
        commands.PlaceBid(request_id="r", lot_id="L1", amount_cents=1, bidder=bidder.number),
    )


LOOKING = {commands.GetState, commands.WhoIsHere, commands.Ping}


@pytest.mark.parametrize("command", get_args(AnyCommand))
def test_who_is_in_no_league_may_only_look(command: type[Command]) -> None:
    if command in LOOKING:
        require_right(FAY, example(command))
    else:
        with pytest.raises(Forbidden, match="members of the league"):
            require_right(FAY, example(command))
