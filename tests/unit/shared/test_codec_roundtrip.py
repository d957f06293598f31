"""Every message there is survives being sent."""

from contextlib import suppress
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from shared.codec import (
    decode_command,
    decode_entry,
    decode_event,
    decode_reply,
    encode,
)
from shared.commands import AnyCommand
from shared.errors import CalcuttaError
from shared.events import AnyEvent, LedgerEntry
from shared.replies import AnyReply
from tests.fakes.messages import messages


@given(st.one_of(*map(messages, get_args(AnyCommand))))
def test_a_command_is_read_as_it_was_written(command: AnyCommand) -> None:
    frame = encode(command).decode()
    assert decode_command(frame, max_bytes=len(frame.encode())) == command


@given(st.one_of(*map(messages, get_args(AnyEvent))))
def test_an_event_is_read_as_it_was_written(event: AnyEvent) -> None:
    assert decode_event(encode(event)) == event


@given(st.one_of(*map(messages, get_args(AnyReply))))
def test_a_reply_is_read_as_it_was_written(reply: AnyReply) -> None:
    assert decode_reply(encode(reply)) == reply


@given(messages(LedgerEntry))
def test_an_entry_is_read_as_it_was_written(entry: LedgerEntry) -> None:
    assert decode_entry(encode(entry)) == entry


@given(st.text() | st.text('{}[]":,actionrequest_id0123', max_size=60))
def test_any_text_is_a_command_or_refused_with_a_code(frame: str) -> None:
    with suppress(CalcuttaError):
        decode_command(frame)
