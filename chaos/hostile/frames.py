"""Frames that must be refused, made from valid ones by breaking them in one way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from chaos.hostile.attack import (
    FORBIDDEN,
    INVALID,
    MALFORMED,
    TOO_LONG,
    UNKNOWN,
    Attack,
    frame_event,
)
from shared.fields import Role
from shared.limits import MAX_COMMAND_BYTES

Frame = dict[str, Any]

LOT = {"lot_id": "L01"}
VALID: dict[str, Frame] = {
    "openAuction": {},
    "nextLot": {},
    "placeBid": LOT | {"amount_cents": 10_00},
    "hammer": LOT | {"forced": True},
    "passLot": LOT,
    "undoBid": LOT,
    "resetLot": LOT,
    "resetClock": LOT,
    "pause": {},
    "resume": {},
    "closeAuction": {},
    "reopenAuction": {},
    "sendChat": {"text": "good evening"},
    "getState": {"since_seq": 0},
    "whoIsHere": {},
    "ping": {"client_time_ms": 1},
}
OPTIONAL = ("forced", "since_seq")
FUNCTIONS = {
    "openAuction": "open_auction",
    "placeBid": "place_bid",
    "sendChat": "send_chat",
    "getState": "read_state",
    "whoIsHere": "read_state",
    "ping": "read_state",
}
RUN = "run_command"
Sender = tuple[int, Role]
SPECTATOR: Sender = (4, "spectator")
BIDDER: Sender = (1, "bidder")
COMMISSIONER: Sender = (0, "commissioner")

STRINGS = (
    "", " ", "'; DROP TABLE bid; --", '" OR 1=1', "../../etc/passwd", "{{7*7}}", "%s%n", "\x00",
    "${jndi:ldap://127.0.0.1/a}", "<script>alert(1)</script>", "L01\n", "\u202eL01", "🏀", "L 01",
    "x" * 65, "\ud800", "__proto__", "constructor.prototype", "L01;L02",
    "\uff2c\uff2f\uff11", "\u0130", "a.b",
)  # fmt: skip
NUMBERS = ("0", "-1", "1.5", "1e3", "100000000001", "9223372036854775808", "1" * 400, "-0.0",
           '"1000"', "true", "null", "[]", "{}")  # fmt: skip
WRONG_TYPES: tuple[Any, ...] = (None, True, 7, -1.5, [], [1], {}, {"S": "L01"}, {"$gt": ""})
EXTRAS = ("__proto__", "role", "auction_id", "number", "user_id", "constructor", "$where", "seq")


def function_of(action: str) -> str:
    return FUNCTIONS.get(action, RUN)


class Frames:
    """An endless supply of broken frames."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._sent = 0

    def attack(self) -> Attack:
        kinds: tuple[Callable[[], Attack], ...] = (
            self._cut, self._noise, self._nested, self._wrong_type, self._missing, self._unknown,
            self._bad_text, self._bad_number, self._too_long, self._no_such_action,
            self._misrouted, self._two_actions, self._no_right, self._bad_chat,
        )  # fmt: skip
        return self._chance.choice(kinds)()

    def _any(self, *actions: str) -> Frame:
        action = self._chance.choice(actions or tuple(VALID))
        self._sent += 1
        return {"action": action, "request_id": f"r{self._sent}"} | VALID[action]

    def _attack(
        self,
        kind: str,
        frame: Frame | str | None,
        *codes: str,
        function: str | None = None,
        by: Sender | None = None,
    ) -> Attack:
        """By a spectator's connection, or that of whoever could do most harm."""
        number, role = by or self._chance.choice((SPECTATOR, BIDDER, COMMISSIONER))
        action = frame["action"] if isinstance(frame, dict) else None
        known = function_of(action) if isinstance(action, str) and action in VALID else None
        body = json.dumps(frame) if isinstance(frame, dict) else frame
        event = frame_event(body, number, role)
        return Attack(kind, function or known or "unknown_action", event, frozenset(codes))

    def _cut(self) -> Attack:
        frame = self._any()
        text = json.dumps(frame)
        part = text[: self._chance.randrange(len(text))]
        # API Gateway finds no action in it; a caller who knows the function is as good
        function = self._chance.choice((function_of(frame["action"]), "unknown_action"))
        return self._attack("cut off", part, MALFORMED, function=function)

    def _noise(self) -> Attack:
        characters = "".join(
            chr(
                self._chance.choice(
                    (self._chance.randrange(32, 127), self._chance.randrange(0x11000))
                )
            )
            for _ in range(self._chance.randrange(1, 60))
        )
        text = self._chance.choice(
            (characters, "[]", "7", '"ping"', "null", "NaN", "{}{}", "", None)
        )
        return self._attack("noise", text, MALFORMED, UNKNOWN, function=self._any_function())

    def _nested(self) -> Attack:
        depth = self._chance.randrange(100, 2_000)
        opening = self._chance.choice(("[", '{"a":'))
        closed = self._chance.random() < 0.5
        text = opening * depth + "1" + (("]" if opening == "[" else "}") * depth if closed else "")
        codes = (MALFORMED, UNKNOWN, TOO_LONG)
        return self._attack("nested", text, *codes, function=self._any_function())

    def _wrong_type(self) -> Attack:
        frame = self._any()
        field = self._chance.choice(list(frame))
        right = type(frame[field])
        fitting = [it for it in WRONG_TYPES if type(it) is not right]
        value = self._chance.choice(fitting)
        function = function_of(frame["action"])
        code = UNKNOWN if field == "action" else INVALID
        return self._attack("wrong type", frame | {field: value}, code, function=function)

    def _missing(self) -> Attack:
        frame = self._any()
        field = self._chance.choice([it for it in frame if it not in OPTIONAL])
        code = UNKNOWN if field == "action" else INVALID
        left = {name: value for name, value in frame.items() if name != field}
        text = json.dumps(left)
        return self._attack("field missing", text, code, function=function_of(frame["action"]))

    def _unknown(self) -> Attack:
        frame = self._any() | {self._chance.choice(EXTRAS): self._chance.choice(WRONG_TYPES)}
        return self._attack("field unknown", frame, INVALID)

    def _bad_text(self) -> Attack:
        frame = self._any()
        fields = [it for it in ("request_id", "lot_id") if it in frame]
        text = self._chance.choice([it for it in STRINGS if it != "__proto__"])
        frame[self._chance.choice(fields)] = text
        return self._attack("hostile text", frame, INVALID, MALFORMED)

    def _bad_number(self) -> Attack:
        action, field = self._chance.choice(
            (("placeBid", "amount_cents"), ("getState", "since_seq"), ("ping", "client_time_ms"))
        )
        unfit = [
            it
            for it in NUMBERS
            if action == "placeBid" or it not in ("0", "1e3", "-0.0", "100000000001")
        ]
        text = self._chance.choice([it for it in unfit if it != "1e3"])
        frame = json.dumps(self._any(action) | {field: "@"}).replace('"@"', text)
        function = function_of(action)
        return self._attack("hostile number", frame, INVALID, MALFORMED, function=function)

    def _too_long(self) -> Attack:
        frame = self._any()
        space = " " * self._chance.randrange(MAX_COMMAND_BYTES, 4 * MAX_COMMAND_BYTES)
        text = json.dumps(frame) + space
        return self._attack("too long", text, TOO_LONG, function=function_of(frame["action"]))

    def _no_such_action(self) -> Attack:
        frame = self._any()
        action = frame["action"]
        wrong = (action.upper(), action + " ", "$connect", "$default", "issueTicket", "apply", "")
        frame["action"] = self._chance.choice((*wrong, *STRINGS))
        codes = (UNKNOWN, MALFORMED)
        return self._attack("no such action", frame, *codes, function=self._any_function())

    def _misrouted(self) -> Attack:
        frame = self._any()
        function = self._any_function(but=function_of(frame["action"]))
        return self._attack("to the wrong function", frame, UNKNOWN, function=function)

    def _two_actions(self) -> Attack:
        first = self._any("placeBid", "hammer", "closeAuction")
        second = self._chance.choice(("ping", "getState", "whoIsHere", "nextLot", "sendChat"))
        text = json.dumps(first)[:-1] + f', "action": "{second}"}}'
        codes = (FORBIDDEN, INVALID, UNKNOWN)
        function = function_of(first["action"])
        return self._attack("two actions", text, *codes, function=function, by=SPECTATOR)

    def _no_right(self) -> Attack:
        by = self._chance.choice((SPECTATOR, BIDDER))
        forbidden = [it for it in VALID if function_of(it) in (RUN, "open_auction")]
        frame = self._any(*forbidden, *(["placeBid"] if by is SPECTATOR else []))
        return self._attack("without the right", frame, FORBIDDEN, by=by)

    def _bad_chat(self) -> Attack:
        texts = ("", "   ", "\x00", "a\x1bb", "\u202e", "\ufeff", "x" * 501, "x" * 2_001, "\ud800")
        frame = self._any("sendChat") | {"text": self._chance.choice(texts)}
        return self._attack("hostile chat", frame, INVALID, MALFORMED)

    def _any_function(self, but: str = "") -> str:
        functions = {*FUNCTIONS.values(), RUN, "unknown_action"} - {but}
        return self._chance.choice(sorted(functions))


def refused_by_state(chance: random.Random) -> Iterator[Attack]:
    """Well-formed commands of people with the right, that the auction's state refuses: L01 is up
    with a bid of $20.00, nothing is sold, member 1 has $30.00 to spend."""
    for place in range(1_000_000):
        action, fields, code = chance.choice(
            (
                ("placeBid", LOT | {"amount_cents": chance.randrange(1, 20_99)}, "bid_too_low"),
                (
                    "placeBid",
                    LOT | {"amount_cents": chance.randrange(30_01, 10**11)},
                    "over_budget",
                ),
                ("placeBid", {"lot_id": "L02", "amount_cents": 25_00}, "lot_not_up"),
                ("placeBid", {"lot_id": f"no-{place}", "amount_cents": 25_00}, "lot_not_up"),
                ("hammer", LOT | {"forced": False}, "deadline_not_reached"),
                ("hammer", {"lot_id": "L02", "forced": True}, "lot_not_up"),
                ("nextLot", {}, "lot_is_up"),
                ("nextLot", {"lot_id": "L02"}, "lot_is_up"),
                ("passLot", {"lot_id": "L03"}, "lot_not_up"),
                ("undoBid", {"lot_id": "L02"}, "lot_not_up"),
                ("resetClock", {"lot_id": "L02"}, "lot_not_up"),
                ("resetLot", {"lot_id": "L02"}, "lot_not_settled"),
                ("resetLot", {"lot_id": f"no-{place}"}, "not_found"),
                ("resume", {}, "auction_not_paused"),
                ("closeAuction", {}, "lot_is_up"),
                ("reopenAuction", {}, "auction_already_open"),
                ("openAuction", {}, "auction_already_open"),
            )
        )
        number, role = BIDDER if action == "placeBid" else COMMISSIONER
        frame = {"action": action, "request_id": f"s{place}"} | fields
        event = frame_event(json.dumps(frame), number, role)
        yield Attack("refused by the state", function_of(action), event, frozenset((code,)))
