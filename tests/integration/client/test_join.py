from __future__ import annotations

import asyncio

import pytest

from calcutta.join import meaning_of, take_part
from calcutta.output import Output
from shared.client import connect
from shared.commands import PlaceBid, SendChat
from tests.integration.client.fake_server import FakeServer, eventually, running_server


async def said(server: FakeServer, capsys: pytest.CaptureFixture[str], *lines: str | None) -> str:
    """What a person sees who types these lines."""
    typed: asyncio.Queue[str | None] = asyncio.Queue()
    for line in lines:
        typed.put_nowait(line)
    async with await connect(server.endpoint()) as client:
        await asyncio.wait_for(take_part(client, typed, Output(as_json=False)), 10)
    return capsys.readouterr().out


async def test_an_amount_in_dollars_bids(capsys: pytest.CaptureFixture[str]) -> None:
    async with running_server() as server:
        shown = await said(server, capsys, "7.50\n", "quit\n")
        assert "your bid stands" in shown
        assert server.view.current is not None
        assert server.view.current.high_cents == 750


async def test_min_bids_the_minimum(capsys: pytest.CaptureFixture[str]) -> None:
    async with running_server() as server:
        await said(server, capsys, "min\n", None)
        assert server.view.current is not None
        assert server.view.current.high_cents == 100


async def test_a_refusal_says_why_and_what_would_stand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with running_server() as server:
        shown = await said(server, capsys, "0.50\n", "quit\n")
        assert "refused: too low (from $1.00)" in shown


async def test_what_is_no_command_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    async with running_server() as server:
        shown = await said(server, capsys, "hello\n", "quit\n")
        assert "is not an amount in dollars" in shown
        assert not any(isinstance(command, PlaceBid) for command in server.commands)


async def test_chat_is_shown_as_it_was_written_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with running_server() as server:
        shown = await said(server, capsys, "/say [red]hi\x1b[2J\n", "quit\n")
        assert "Ben: [red]hi[2J" in shown


async def test_the_end_of_input_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    async with running_server() as server:
        await said(server, capsys, None)
        await eventually(lambda: not server.sockets)


async def test_an_unknown_slash_command_is_not_said_to_everyone() -> None:
    async with running_server() as server:
        with pytest.raises(ValueError, match="no command"):
            meaning_of("/sya hello", server.view)
        assert meaning_of("/say hello", server.view) == (SendChat, {"text": "hello"})
