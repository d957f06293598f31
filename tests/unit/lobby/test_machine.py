"""Whatever dies, comes twice or happens at once: the numbers, the order and the seats are right."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lobby_service.logic.admit_next import admit_next
from lobby_service.logic.line import QUIET_MS, SETTLING_MS
from lobby_service.logic.stand import join, leave, look
from shared.errors import Busy, LobbyClosed, NotFound
from tests.fakes.interleaved import Interleaved
from tests.fakes.lobby import World
from tests.fakes.purse import Purse
from tests.fakes.steps import Crashed

AUCTION = "auction-1"
PEOPLE = [f"user-{n}" for n in range(40)]
MOST_STEPS = 40
some_people = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=25)
a_crash = st.none() | st.integers(0, MOST_STEPS)
choices = st.lists(st.integers(0, 7), max_size=60)


class LobbyMachine(RuleBasedStateMachine):
    """Everything that can happen to a line, whether it is the room that holds people up or the
    pace."""

    @initialize(
        gathering=st.booleans(),
        pace=st.sampled_from([60_000, 60, 20]),
        seats=st.sampled_from([3, len(PEOPLE)]),
    )
    def begin(self, gathering: bool, pace: int, seats: int) -> None:
        self.world = World(seats)
        now_ms = self.world.clock.now_ms
        doors_at_ms = now_ms + (30_000 if gathering else 0)
        self.world.add_line(AUCTION, doors_at_ms=doors_at_ms, pace_per_minute=pace)
        self.served = 0
        self.orders = 0
        self.purse = Purse(pace)

    @rule(people=some_people)
    def people_join(self, people: list[str]) -> None:
        for user_id in people:
            join(AUCTION, user_id, user_id, self.world.desk)

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_leaves(self, person: str) -> None:
        try:
            leave(AUCTION, person, self.world.desk)
        except NotFound:
            assert (AUCTION, person) not in self.world.waiters_of

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_looks(self, person: str) -> None:
        try:
            standing = look(AUCTION, person, self.world.desk)
        except (NotFound, LobbyClosed):
            return
        assert standing.state == self.world.state(AUCTION, person)
        assert (standing.ticket is not None) == (standing.state == "admitted")

    @rule(data=st.data(), crash=a_crash)
    def records_are_delivered(self, data: st.DataObject, crash: int | None) -> None:
        """Any of them, in any group, as often as may be."""
        if not self.world.stream:
            return
        records = data.draw(st.lists(st.sampled_from(self.world.stream), max_size=20))
        self.world.steps.crash_at(crash)
        try:
            self.world.number(records)
        except (Crashed, Busy):
            pass
        finally:
            self.world.steps.crash_at(None)

    @rule(crash=a_crash)
    def a_window_opens(self, crash: int | None) -> None:
        self.world.steps.crash_at(crash)
        try:
            admit_next(AUCTION, self.world.window)
        except Crashed:
            pass
        finally:
            self.world.steps.crash_at(None)

    @rule(choices=choices, numbering=st.booleans())
    def windows_work_at_once(self, choices: list[int], numbering: bool) -> None:
        left = iter(choices)
        at_once = Interleaved(lambda many: next(left, 0) % many)
        self.world.steps.on_step = at_once.step
        window = self.world.window
        workers: list[Callable[[], object]] = [
            lambda: admit_next(AUCTION, window),
            lambda: admit_next(AUCTION, window),
        ]
        if numbering:
            records = list(self.world.stream)
            workers += [
                lambda: self.world.number(records),
                lambda: self.world.number(records[::-1]),
            ]
        at_once.run(workers)
        self.world.steps.crash_at(None)

    @rule(ms=st.sampled_from([1_000, QUIET_MS, SETTLING_MS, 61_000]))
    def time_passes(self, ms: int) -> None:
        self.world.clock.advance(ms)
        self.purse.pass_time(ms)

    @rule()
    def tickets_are_used(self) -> None:
        now_ms = self.world.clock.now_ms
        for user_id, until_ms in self.world.taken.items():
            if until_ms is not None and until_ms > now_ms:
                self.world.taken[user_id] = None

    @rule()
    def somebody_goes_home(self) -> None:
        for user_id, until_ms in list(self.world.taken.items()):
            if until_ms is None:
                self.world.taken[user_id] = self.world.clock.now_ms
                return

    @rule(paused=st.booleans(), people=st.integers(1, 3))
    def an_operator_is_about(self, paused: bool, people: int) -> None:
        self.world.lines.set(AUCTION, paused=paused)
        self.orders += 1
        self.purse.extra += people
        self.world.lines.add_extra(AUCTION, people, f"order-{self.orders}")

    @invariant()
    def numbers_have_no_gaps_and_no_turn_has_two(self) -> None:
        line = self.world.lines_of[AUCTION]
        seen: list[tuple[str, int]] = []
        for series in ("early", "late"):
            numbers = self.world.numbers_of.get((AUCTION, series), {})
            assert sorted(numbers) == list(range(1, line.arrived_in(series) + 1))
            seen += numbers.values()
        assert len(set(seen)) == len(seen)

    @invariant()
    def no_more_people_than_seats(self) -> None:
        assert len(self.world.taken) <= self.world.seats

    @invariant()
    def the_turns_only_go_forward(self) -> None:
        line = self.world.lines_of[AUCTION]
        assert self.served <= line.served <= line.arrived
        assert line.extra >= 0
        self.served = line.served

    @invariant()
    def no_more_people_come_in_than_pace_and_operator_allow(self) -> None:
        self.purse.pay_for(self.world.granted)

    @invariant()
    def people_come_in_as_published(self) -> None:
        places = [self._place(user_id, turn) for user_id, turn in self.world.granted]
        assert places == sorted(set(places))

    @invariant()
    def whose_turn_is_over_does_not_wait(self) -> None:
        line = self.world.lines_of[AUCTION]
        for place in range(1, line.served + 1):
            series, number = line.number_at(place)
            user_id, turn = self.world.numbers_of[AUCTION, series][number]
            waiter = self.world.waiters_of[AUCTION, user_id]
            assert waiter.turn > turn or waiter.state != "waiting"

    def _place(self, user_id: str, turn: int) -> int:
        line = self.world.lines_of[AUCTION]
        for series in ("early", "late"):
            for number, who in self.world.numbers_of.get((AUCTION, series), {}).items():
                if who == (user_id, turn):
                    return line.place_of(series, number) or 0
        raise AssertionError(f"{user_id} came in without a number")

    def teardown(self) -> None:
        """As long as seats come free, everyone's turn comes."""
        if not hasattr(self, "world"):
            return
        self.world.lines.set(AUCTION, paused=False)
        self.world.number_all()
        for _ in range(len(self.world.stream) + 2):
            self.time_passes(61_000)
            self.world.taken = dict.fromkeys(self.world.taken, self.world.clock.now_ms)
            admit_next(AUCTION, self.world.window)
            self.no_more_people_come_in_than_pace_and_operator_allow()
        line = self.world.lines_of[AUCTION]
        assert line.served == line.arrived
        assert not [it for it in self.world.waiters_of.values() if it.state == "waiting"]
        self.people_come_in_as_published()


TestLobbyMachine = LobbyMachine.TestCase
TestLobbyMachine.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
