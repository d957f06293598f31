"""Roles: who may do what, and what happens to who is connected when a role changes."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection

from shared.client import AuctionClient
from shared.commands import (
    NextLot,
    PassLot,
    Pause,
    PlaceBid,
    ResetClock,
    ResetLot,
    Resume,
    UndoBid,
)
from shared.errors import NotFound
from shared.fields import Role
from shared.replies import Accepted, RefusedReply
from tests.e2e.people import People
from tests.e2e.system import (
    BIDDER,
    COMMISSIONER,
    MEMBERS,
    PATIENCE_S,
    RIVAL,
    SPECTATOR,
    System,
    accepted,
    ask,
    wait_for,
)

ADMIN = "admin@example.com"

COMMANDS: dict[str, dict[str, Any]] = {
    "openAuction": {},
    "closeAuction": {},
    "reopenAuction": {},
    "hammer": {"lot_id": "L01", "forced": True},
    "nextLot": {},
    "passLot": {"lot_id": "L01"},
    "undoBid": {"lot_id": "L01"},
    "resetLot": {"lot_id": "L01"},
    "resetClock": {"lot_id": "L01"},
    "pause": {},
    "resume": {},
    "placeBid": {"lot_id": "L01", "amount_cents": 5_00},
}
COMMISSIONERS_OWN = ["openAuction", "closeAuction", "reopenAuction", "hammer"]
RUNNING = ["nextLot", "passLot", "undoBid", "resetLot", "resetClock", "pause", "resume"]


class League:
    """A league whose auction is open, with a lot up and nobody connected."""

    def __init__(self, system: System, people: People, auction_id: str) -> None:
        self.auction_id = auction_id
        self._system, self._people = system, people

    async def change(self, email: str, role: Role | None) -> None:
        """Give a member another role, or remove them; returns when the live auction knows."""
        await asyncio.to_thread(self._change, email, role)

    def _change(self, email: str, role: Role | None) -> None:
        self._people.change(self._system.league_of[self.auction_id], email, role)
        rows = self._system.inner_table("MembersTable")
        key = {"auction_id": self.auction_id, "user_id": self._system.users.ensure(email)}

        def known() -> bool:
            row = rows.get_item(Key=key, ConsistentRead=True)["Item"]
            is_active, is_role = row["active"], row["role"]
            return not is_active if role is None else (is_active and is_role == role)

        wait_for(known)


async def closed(socket: ClientConnection) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await socket.wait_closed()


async def is_answered(socket: ClientConnection) -> bool:
    frame = f'{{"action":"ping","request_id":"{uuid.uuid4().hex}","client_time_ms":1}}'
    kind: str = (await ask(socket, frame))["type"]
    return kind == "pong"


@pytest_asyncio.fixture
async def league(system: System, people: People, auction_id: str) -> League:
    await (await system.open(auction_id)).aclose()
    return League(system, people, auction_id)


# removed


async def test_all_sockets_of_a_removed_member_close(system: System, league: League) -> None:
    async with (
        await system.endpoint(league.auction_id, BIDDER).open_socket() as phone,
        await system.endpoint(league.auction_id, BIDDER).open_socket() as laptop,
    ):
        await league.change(BIDDER, None)
        await closed(phone)
        await closed(laptop)


async def test_nobody_else_is_disconnected(system: System, league: League) -> None:
    async with (
        await system.endpoint(league.auction_id, BIDDER).open_socket() as socket,
        await system.endpoint(league.auction_id, RIVAL).open_socket() as rival,
        await system.endpoint(league.auction_id, SPECTATOR).open_socket() as spectator,
    ):
        await league.change(BIDDER, None)
        await closed(socket)
        assert await is_answered(rival)
        assert await is_answered(spectator)


async def test_a_removed_member_gets_no_ticket(system: System, league: League) -> None:
    await league.change(BIDDER, None)
    with pytest.raises(NotFound):
        await system.endpoint(league.auction_id, BIDDER).get_ticket()


async def test_the_client_of_a_removed_member_ends_and_says_why(
    system: System, league: League
) -> None:
    async with await system.enter(league.auction_id, BIDDER) as bidder:
        await league.change(BIDDER, None)
        with pytest.raises(NotFound):
            await bidder.wait_until(lambda _: False, PATIENCE_S)


async def test_a_member_removed_from_one_auction_stays_in_another(
    system: System, league: League
) -> None:
    other = system.make_league()
    async with await system.endpoint(other, BIDDER).open_socket() as elsewhere:
        await league.change(BIDDER, None)
        assert await is_answered(elsewhere)


async def test_what_a_removed_member_bid_stands(system: System, league: League) -> None:
    async with await system.enter(league.auction_id, BIDDER) as bidder:
        await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=5_00)
    await league.change(BIDDER, None)
    async with await system.enter(league.auction_id, RIVAL) as rival:
        assert rival.view.current is not None
        assert (rival.view.current.high_bidder, rival.view.current.high_cents) == (1, 5_00)


# another role


async def test_the_sockets_of_a_demoted_member_close(system: System, league: League) -> None:
    async with await system.endpoint(league.auction_id, BIDDER).open_socket() as socket:
        await league.change(BIDDER, "spectator")
        await closed(socket)


async def test_a_demoted_bidder_comes_back_as_a_spectator(system: System, league: League) -> None:
    await league.change(BIDDER, "spectator")
    async with await system.enter(league.auction_id, BIDDER) as again:
        answer = await again.send(PlaceBid, lot_id="L01", amount_cents=5_00)
        assert isinstance(answer, RefusedReply)
        assert answer.code == "forbidden"


async def test_a_promoted_bidder_comes_back_as_an_admin(system: System, league: League) -> None:
    await league.change(BIDDER, "admin")
    async with await system.enter(league.auction_id, BIDDER) as again:
        await accepted(again, Pause)


@pytest.mark.parametrize("role", ["spectator", None])
async def test_a_ticket_from_before_the_change_opens_nothing(
    system: System, league: League, role: Role | None
) -> None:
    ticket = await system.endpoint(league.auction_id, BIDDER).get_ticket()
    await league.change(BIDDER, role)
    assert await system.handshake(auction=league.auction_id, ticket=ticket.ticket) == 403


# role by role


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staffed_id(system: System) -> str:
    """An auction with a lot up, and an admin in its league."""
    auction_id = system.make_league(clock="600s", members=MEMBERS + f"Admin,{ADMIN},admin,\n")
    await (await system.open(auction_id)).aclose()
    return auction_id


@pytest.mark.parametrize(
    ("email", "forbidden"),
    [
        (ADMIN, COMMISSIONERS_OWN),
        (BIDDER, [*COMMISSIONERS_OWN, *RUNNING]),
        (SPECTATOR, [*COMMISSIONERS_OWN, *RUNNING, "placeBid"]),
    ],
    ids=["an admin", "a bidder", "a spectator"],
)
async def test_a_role_may_not_do_what_is_for_others(
    system: System, staffed_id: str, email: str, forbidden: list[str]
) -> None:
    async with await system.endpoint(staffed_id, email).open_socket() as socket:
        codes = {}
        for action in forbidden:
            frame = {"action": action, "request_id": uuid.uuid4().hex} | COMMANDS[action]
            codes[action] = (await ask(socket, json.dumps(frame)))["code"]
        assert codes == dict.fromkeys(forbidden, "forbidden")
    assert system.seq(staffed_id) == 2


async def test_an_admin_may_run_the_lots(system: System) -> None:
    auction_id = system.make_league(members=MEMBERS + f"Admin,{ADMIN},admin,\n")
    async with (
        await system.open(auction_id),
        await system.enter(auction_id, ADMIN) as admin,
    ):
        await accepted(admin, PlaceBid, lot_id="L01", amount_cents=5_00)
        await _all_accepted(
            admin,
            (Pause, {}),
            (Resume, {}),
            (ResetClock, {"lot_id": "L01"}),
            (UndoBid, {"lot_id": "L01"}),
            (PassLot, {"lot_id": "L01"}),
            (ResetLot, {"lot_id": "L01"}),
            (NextLot, {}),
        )


async def _all_accepted(client: AuctionClient, *commands: tuple[Any, dict[str, Any]]) -> None:
    answers = {kind.__name__: await client.send(kind, **fields) for kind, fields in commands}
    assert {kind: type(answer) for kind, answer in answers.items()} == dict.fromkeys(
        answers, Accepted
    ), answers


async def test_a_bidder_may_nudge_the_hammer_but_not_before_the_deadline(
    system: System, staffed_id: str
) -> None:
    async with await system.endpoint(staffed_id, BIDDER).open_socket() as socket:
        nudge = '{"action":"hammer","request_id":"nudge","lot_id":"L01"}'
        assert (await ask(socket, nudge))["code"] == "deadline_not_reached"


async def test_the_commissioner_cannot_be_locked_out_by_a_role_in_another_league(
    system: System, league: League
) -> None:
    as_bidder = system.make_league(
        members="name,email,role\n"
        f"Chair,chair@example.com,commissioner\nCommissioner,{COMMISSIONER},bidder\n"
    )
    async with await system.endpoint(as_bidder, COMMISSIONER).open_socket() as socket:
        answer = await ask(socket, '{"action":"openAuction","request_id":"open"}')
        assert answer["code"] == "forbidden"
    async with await system.enter(league.auction_id, COMMISSIONER) as commissioner:
        await accepted(commissioner, Pause)
