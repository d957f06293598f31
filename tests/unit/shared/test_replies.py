import json
from typing import get_args

import pytest

from shared import errors
from shared.auction import LotState, Member
from shared.codec import encode
from shared.errors import CalcuttaError, ImportProblem, ImportRefused, RefusalCode, Refused
from shared.events import BidPlaced
from shared.limits import MAX_LOTS, MAX_MEMBERS, MAX_STATE_CHAT_BYTES, MAX_STATE_EVENTS
from shared.replies import EventInPlace, RefusedReply, State, refusal_of
from tests.fakes.builders import RULES, lots

API_GATEWAY_MESSAGE_BYTES = 128 * 1024
UUID = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"


@pytest.mark.parametrize("code", get_args(RefusalCode))
def test_a_refusal_by_the_auction_is_told_with_its_own_code(code: RefusalCode) -> None:
    reply = refusal_of(Refused(code, "no", minimum_cents=5, seq=7), "r")
    assert reply == RefusedReply(request_id="r", code=code, message="no", minimum_cents=5, seq=7)


@pytest.mark.parametrize(
    "kind",
    [
        errors.CalcuttaError,
        errors.MalformedMessage,
        errors.UnknownAction,
        errors.InvalidMessage,
        errors.MessageTooLong,
        errors.Forbidden,
        errors.TicketRefused,
        errors.TooManyConnections,
        errors.NotFound,
        errors.Busy,
        errors.CalleeFailed,
        errors.TooManyHops,
    ],
)
def test_every_other_error_is_told_with_the_code_of_its_class(kind: type[CalcuttaError]) -> None:
    reply = refusal_of(kind("no", field="$.x"), None)
    assert reply == RefusedReply(code=kind.code, message="no", field="$.x")


def test_a_refused_import_is_told_with_its_problems_in_words() -> None:
    reply = refusal_of(ImportRefused([ImportProblem("teams.csv", 3, "no seed")]), "r")
    assert (reply.code, reply.field) == ("import_refused", None)
    assert "line 3: no seed" in reply.message


def test_what_is_not_known_is_left_out_of_the_frame() -> None:
    frame = encode(refusal_of(CalcuttaError("no"), None))
    assert json.loads(frame) == {"type": "refused", "code": "internal_error", "message": "no"}


def test_the_largest_auction_fits_into_one_message() -> None:
    bid = BidPlaced(
        at_ms=1_700_000_000_000,
        actor=299,
        request_id=UUID,
        lot_id="L100",
        bidder=299,
        amount_cents=100_000_00,
        minimum_cents=100_100_00,
        extended_to_ms=1_700_000_000_000,
    )
    state = State(
        request_id=UUID,
        server_time_ms=1_700_000_000_000,
        auction_id=UUID,
        seq=10_000,
        you=299,
        status="open",
        title="The league of the friends of the tournament",
        rules=RULES,
        members=tuple(
            Member(n, UUID, f"Maximilian Mustermann {n}", "bidder", 1_000_00)
            for n in range(MAX_MEMBERS)
        ),
        lots=lots(MAX_LOTS),
        lot_states=tuple(LotState(f"L{n}", "sold", n, n, 100_00) for n in range(MAX_LOTS)),
        spent=dict.fromkeys(range(MAX_MEMBERS), 100000),
        events=tuple(EventInPlace(n, bid) for n in range(MAX_STATE_EVENTS)),
    )
    assert len(encode(state)) + MAX_STATE_CHAT_BYTES < API_GATEWAY_MESSAGE_BYTES
