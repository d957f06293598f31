import pytest
from hypothesis import given
from hypothesis import strategies as st

from websocket_service.adapters.traces import LENGTH, pack_trace, unpack_trace

times = st.integers(1_700_000_000, 4_000_000_000)


def header(seconds: int, random: bytes) -> str:
    return f"Root=1-{seconds:08x}-{random.hex()};Sampled=1"


@given(times, st.integers(-128, 127), st.binary(min_size=12, max_size=12))
def test_a_trace_is_the_same_once_it_was_kept(seconds: int, away: int, random: bytes) -> None:
    at_ms = seconds * 1_000 + 999
    given_header = header(seconds + away, random)
    packed = pack_trace(given_header, at_ms)
    assert packed is not None
    assert len(packed) == LENGTH
    assert unpack_trace(packed, at_ms) == given_header


@pytest.mark.parametrize("away", [-129, 128, 10_000])
def test_a_trace_of_another_time_is_not_kept(away: int) -> None:
    assert pack_trace(header(1_795_000_000 + away, bytes(12)), 1_795_000_000_000) is None


@pytest.mark.parametrize("text", [None, "", "Root=1-5759e988;Sampled=1", "Sampled=1"])
def test_what_is_no_trace_is_not_kept(text: str | None) -> None:
    assert pack_trace(text, 1_795_000_000_000) is None


def test_other_bytes_are_no_trace() -> None:
    assert unpack_trace(b"", 1_795_000_000_000) is None
    assert unpack_trace(bytes(24), 1_795_000_000_000) is None
