from hypothesis import given
from hypothesis import strategies as st

from shared.limits import REPLAY_WINDOW
from tests.fakes.builders import NOW_MS, bidding_state, open_state
from websocket_service.logic.state import NO_REQUEST, remember, request_digest

REQUEST_IDS = st.text("abcXYZ019_-", min_size=1, max_size=36)


def test_the_deadline_is_the_later_of_the_clock_and_the_extension() -> None:
    for base, extended, deadline in [(10, 0, 10), (10, 12, 12), (12, 10, 12)]:
        lot = bidding_state(base_deadline_ms=NOW_MS + base, extended_to_ms=NOW_MS + extended)
        assert lot.current is not None
        assert lot.current.deadline_ms == NOW_MS + deadline


@given(st.lists(REQUEST_IDS, unique=True, min_size=1, max_size=20))
def test_the_latest_requests_know_their_place_and_older_ones_are_forgotten(
    requests: list[str],
) -> None:
    state = open_state(seq=len(requests))
    for request in requests:
        state = open_state(
            seq=len(requests), recent=remember(state.recent, request_digest(1, request))
        )
    for place, request in enumerate(requests, start=1):
        known = place > len(requests) - REPLAY_WINDOW
        assert state.seq_of(request_digest(1, request)) == (place if known else None)


@given(st.integers(0, 299), st.integers(0, 299), REQUEST_IDS, REQUEST_IDS)
def test_two_requests_have_one_digest_only_if_member_and_id_are_the_same(
    a: int, b: int, one: str, other: str
) -> None:
    same = (a, one) == (b, other)
    assert (request_digest(a, one) == request_digest(b, other)) == same


@given(st.integers(0, 299), REQUEST_IDS)
def test_a_digest_has_eight_characters_and_is_never_that_of_no_request(
    member: int, request_id: str
) -> None:
    assert len(request_digest(member, request_id)) == 8


def test_what_nobody_asked_for_has_no_request() -> None:
    assert request_digest(None, None) == NO_REQUEST


def test_the_memory_always_has_the_same_length() -> None:
    assert len(remember((NO_REQUEST,) * REPLAY_WINDOW, "new")) == REPLAY_WINDOW
