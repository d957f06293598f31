import pytest

from shared.commands import SendChat
from shared.errors import InvalidMessage
from shared.replies import Chat
from shared.settings import Settings
from tests.fakes.builders import AUCTION, CLEO, DAN, EVE
from tests.fakes.catalogue import MemoryChats
from tests.fakes.clock import Clock
from websocket_service.logic.authority import Caller
from websocket_service.logic.send_chat import send_chat

CLOCK = Clock()


def say(
    text: str, caller: Caller = CLEO, chats: MemoryChats | None = None, request_id: str = "r"
) -> tuple[Chat, bool]:
    return send_chat(
        SendChat(request_id=request_id, text=text),
        caller,
        chats=chats or MemoryChats(),
        settings=Settings(chat_max_chars=20),
        now_ms=CLOCK,
    )


def test_what_is_said_is_kept_in_the_speakers_own_auction() -> None:
    chats = MemoryChats()
    chat, is_new = say("good luck", chats=chats)
    assert is_new
    assert chats.latest(AUCTION, 5) == [chat]
    assert chat == Chat(
        chat_id=f"{CLEO.number}-r", at_ms=CLOCK(), number=CLEO.number, name="Cleo", text="good luck"
    )


def test_a_spectator_may_chat() -> None:
    assert say("hello", EVE)[0].name == "Eve"


def test_what_is_sent_again_is_said_once() -> None:
    chats = MemoryChats()
    first, _ = say("hello", chats=chats)
    again, is_new = say("hello", chats=chats)
    assert (again.chat_id, is_new) == (first.chat_id, False)
    assert len(chats.latest(AUCTION, 5)) == 1


def test_the_same_request_id_from_two_members_is_two_messages() -> None:
    chats = MemoryChats()
    say("hello", CLEO, chats)
    assert say("hello", DAN, chats)[1]


def test_space_around_a_message_is_not_kept() -> None:
    assert say("  hi \n")[0].text == "hi"


@pytest.mark.parametrize("text", ["x" * 20, "👩\u200d👧 läuft", "a<b>&c"])
def test_any_printable_text_up_to_the_limit_is_kept_as_it_is(text: str) -> None:
    assert say(text)[0].text == text


@pytest.mark.parametrize("text", ["x" * 21, " ", "\n\t"])
def test_a_message_that_is_empty_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(InvalidMessage, match="1 to 20") as caught:
        say(text)
    assert caught.value.field == "$.text"


@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "a\x1b[2J", "a\u202eb", "a\u200bb", "a\ud800b"])
def test_control_and_invisible_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidMessage, match="control"):
        say(text)


def test_a_refused_message_is_not_kept() -> None:
    chats = MemoryChats()
    with pytest.raises(InvalidMessage):
        say("a\x00b", chats=chats)
    assert chats.said == {}
