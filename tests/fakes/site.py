"""A stage for the canary, in memory: the auction's own rules behind doors that a test can break."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from calcutta.canary.prepare import FILES, RULES
from canary_service.logic.ports import Entry, StepFailed
from rds_bridge_service.logic.roster import read_roster
from shared.bridge import AuctionProjection, EventsForgotten, ForgetEvents, MemberNow
from shared.commands import Command, GetState, OpenAuction, PlaceBid
from shared.errors import Busy, CalcuttaError, NotFound, Unavailable
from shared.events import LedgerEntry
from shared.lobby import LineStanding
from shared.replies import Accepted, AnyReply, EventReply, State, refusal_of
from shared.settings import Settings
from shared.synthetic import public_id
from tests.fakes.auctions import MemoryAuctions
from tests.fakes.catalogue import MemoryCatalogue, MemoryLedger, MemoryRulesBook
from tests.fakes.clock import Clock
from tests.fakes.queues import MemoryBridge
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided
from websocket_service.logic.open_auction import open_auction
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.run_command import Desk, fall_hammer, run_command

AUCTION = "synthetic-a"
PUBLIC = public_id(AUCTION)
CANARY = Caller(AUCTION, 0, "Canary", "commissioner", "u0")

MEMBERS_TICKET = "a member's ticket"
LINE_TICKET = "the ticket at the end of the line"

HANGS = StepFailed("never: it hangs")
"""In `MemorySite.broken`: no failure, but no answer either."""


class MemorySite:
    """Implements `canary_service.logic.ports.Site`.

    Attributes:
        broken: by door (`sign_in`, `ticket`, `lobby`, `seat`, `leave`, `connect`, `row`, `tidy`
            or a command's tag), what whoever comes there meets; `broadcast` as a door keeps
            events from being told.
        ahead: how many looks it takes until the canary's turn in the line comes.
        standing: where it stands; None if it is not in the line.
        line_ticket: the one that opens a connection to the public room: the newest.
        applies: whether events reach the database.
        places: how many connections the canary may have.
        lines: all connections there were.
        before_command: called with each command before it is served.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.broken: dict[str, Exception] = {}
        self.ahead = 0
        self.standing: LineStanding | None = None
        self.line_ticket = ""
        self._line_tickets = 0
        self.applies = True
        self.places = 5
        self.lines: list[MemoryLine] = []
        self.before_command: Callable[[Command], None] = lambda _: None
        self.rows: dict[int, LedgerEntry] = {}
        self.ledger = MemoryLedger()
        self.auctions = MemoryAuctions(stream=self._relay)
        self.rules_book = MemoryRulesBook()
        self.catalogue = MemoryCatalogue(self.auctions.lot_rows, self.rules_book)
        self.bridge = MemoryBridge(_projection())

    @property
    def desk(self) -> Desk:
        return Desk(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            now_ms=self.clock,
            wait=self.clock.sleep,
        )

    @property
    def open_lines(self) -> list[MemoryLine]:
        return [line for line in self.lines if line.is_open]

    def run(self, command: Command) -> Outcome:
        """What a command does, whoever of the canary's connections it is sent on."""
        match command:
            case OpenAuction():
                return open_auction(
                    command,
                    CANARY,
                    auctions=self.auctions,
                    opening=self.catalogue,
                    bridge=self.bridge,
                    settings=Settings(),
                    now_ms=self.clock,
                )
            case PlaceBid():
                return place_bid(
                    command,
                    CANARY,
                    auctions=self.auctions,
                    rules_book=self.rules_book,
                    members=self.catalogue.members,
                    now_ms=self.clock,
                )
            case _:
                assert isinstance(command, Decided)
                return run_command(command, CANARY, self.desk)

    def let_hammer_fall(self) -> None:
        """The lot's time runs out, and the server's own hammer falls."""
        self.clock.advance(RULES.clock_ms or 0)
        fall_hammer(AUCTION, "L01", self.desk)

    # the canary's doors

    async def sign_in(self) -> Entry:
        await self.pass_door("sign_in")
        return Entry("token", AUCTION)

    async def get_ticket(self, entry: Entry) -> str:
        await self.pass_door("ticket")
        return MEMBERS_TICKET

    async def join_line(self, entry: Entry) -> LineStanding:
        await self._come_to_line(entry)
        if self.standing is None:
            self.standing = _standing(self.ahead)
        return self._with_ticket(self.standing)

    async def look_at_line(self, entry: Entry) -> LineStanding:
        await self._come_to_line(entry)
        if self.standing is None:
            return LineStanding(state="left")
        self.standing = _standing(max(0, (self.standing.ahead or 0) - 1))
        return self._with_ticket(self.standing)

    async def _come_to_line(self, entry: Entry) -> None:
        await self.pass_door("lobby")
        if entry.auction_id != PUBLIC:
            raise NotFound("this auction has no line")

    def _with_ticket(self, standing: LineStanding) -> LineStanding:
        """Who was admitted gets a ticket each time they ask, and the one before is void."""
        if standing.state != "admitted":
            return standing
        self._line_tickets += 1
        self.line_ticket = f"{LINE_TICKET}, number {self._line_tickets}"
        return msgspec.structs.replace(standing, ticket=self.line_ticket)

    async def leave_line(self, entry: Entry) -> None:
        await self.pass_door("leave")
        self.standing = None

    async def connect(self, entry: Entry, ticket: str) -> MemoryLine:
        await self.pass_door("seat" if entry.auction_id == PUBLIC else "connect")
        if entry.auction_id == PUBLIC and ticket != self.line_ticket:
            raise Unavailable("refused: a later ticket made it void")
        if entry.auction_id == AUCTION and len(self.open_lines) >= self.places:
            raise Busy("too many connections")
        self.lines.append(MemoryLine(self, ticket))
        return self.lines[-1]

    async def has_row(self, entry: Entry, seq: int, request_id: str) -> bool:
        await self.pass_door("row")
        return seq in self.rows and self.rows[seq].event.request_id == request_id

    async def forget_events(self, entry: Entry, before_seq: int) -> None:
        await self.pass_door("tidy")
        self.forget(ForgetEvents(entry.auction_id, before_seq))

    def forget(self, request: ForgetEvents) -> EventsForgotten:
        old = [seq for seq in self.rows if seq < request.before_seq]
        for seq in old:
            del self.rows[seq]
        return EventsForgotten(len(old))

    async def pass_door(self, door: str) -> None:
        await asyncio.sleep(0)  # others get a turn, as they would
        if door not in self.broken:
            return
        if self.broken[door] is HANGS:
            await asyncio.Event().wait()
        raise self.broken[door]

    def _relay(self, entry: LedgerEntry) -> None:
        self.ledger.append([entry])
        if self.applies:
            self.rows[entry.seq] = entry


class MemoryLine:
    """Implements `canary_service.logic.ports.Line`."""

    def __init__(self, site: MemorySite, ticket: str) -> None:
        self.is_open = True
        self.ticket = ticket
        self._site = site
        self._inbox: asyncio.Queue[AnyReply | Exception] = asyncio.Queue()

    async def send(self, command: Command) -> None:
        site, door = self._site, type(command).__struct_config__.tag
        site.before_command(command)
        if isinstance(command, GetState) and door not in site.broken:
            self._inbox.put_nowait(State(request_id=command.request_id, server_time_ms=0,
                                         auction_id=AUCTION, seq=0, you=0))  # fmt: skip
            return
        try:
            await site.pass_door(str(door))
            outcome = site.run(command)
        except CalcuttaError as error:
            self._inbox.put_nowait(refusal_of(error, command.request_id))
        except StepFailed as failed:
            self._inbox.put_nowait(failed)
        else:
            if outcome.entry is not None and "broadcast" not in site.broken:
                event = EventReply(auction_id=AUCTION, seq=outcome.seq, event=outcome.entry.event)
                for line in site.open_lines:
                    line._inbox.put_nowait(event)
            self._inbox.put_nowait(Accepted(request_id=command.request_id, seq=outcome.seq))

    async def receive(self) -> AnyReply:
        message = await self._inbox.get()
        if isinstance(message, Exception):
            raise message
        return message

    async def close(self) -> None:
        self.is_open = False


def _standing(ahead: int) -> LineStanding:
    return LineStanding(state="waiting" if ahead else "admitted", ahead=ahead)


def _projection() -> AuctionProjection:
    member = MemberNow(CANARY.number, CANARY.user_id, CANARY.name, CANARY.role, version=1)
    return AuctionProjection(
        auction_id=AUCTION,
        league_id="synthetic-l",
        title="Canary",
        rules=RULES,
        members=(member,),
        lots=read_roster(FILES).lots,
    )
