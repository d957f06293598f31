from hypothesis import given
from hypothesis import strategies as st

from shared.text import plain


@given(st.text())
def test_user_text_cannot_steer_a_terminal(text: str) -> None:
    shown = plain(text)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
    assert "\u202e" not in shown


def test_text_without_control_characters_is_left_alone() -> None:
    assert plain("Zoë [bold]\x1b[31m\nII") == "Zoë [bold][31m II"
