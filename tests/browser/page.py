"""The page, as a person at a browser handles it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.e2e.system import System

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LAPTOP = ViewportSize(width=1366, height=850)
PHONE = ViewportSize(width=360, height=740)
PROJECTOR = ViewportSize(width=1920, height=1080)

PASSWORD = "Calcutta-2023"

_KEEP_SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...all) { super(...all); window.sockets.push(this); }
};
"""

_TOO_WIDE = """(place) => [...place.querySelectorAll('*:not(.hidden)')]
  .filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1)
  .filter((it) => getComputedStyle(it).textOverflow !== 'ellipsis')
  .map((it) => it.outerHTML)"""

# the page itself has it when Tab goes from the last part to the browser's own
_SHOWS_FOCUS = """() => {
  const it = document.activeElement;
  return it === document.body ||
    (it.matches(':focus-visible') && getComputedStyle(it).outlineStyle !== 'none');
}"""


class Person:
    """Somebody signed in, with a page of their own.

    Attributes:
        complaints: what the browser said of errors, violations of the policy among them.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, email: str) -> None:
        self.page.goto(self.url)
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", name="My leagues")).to_be_visible()

    def enter(self, auction_id: str, *, screen: bool = False) -> None:
        """Go into an auction and see how it is now."""
        self.page.goto(f"{self.url}/#/auctions/{auction_id}{'/screen' if screen else ''}")
        self.sees_connection("Live")

    def sees_connection(self, state: str) -> None:
        expect(self.page.locator(".link")).to_have_text(state)

    def sees_bid(self, price: str, bidder: str) -> None:
        expect(self.page.get_by_test_id("price")).to_have_text(price)
        expect(self.page.get_by_test_id("bidder")).to_have_text(bidder)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def confirm(self, name: str, act: str) -> None:
        """Do something that asks first."""
        self.button(name).click()
        self.page.get_by_role("alertdialog").get_by_role("button", name=act).click()

    def quick_bid(self, place: int = 0) -> None:
        self.page.get_by_role("group", name="Quick bids").get_by_role("button").nth(place).click()

    def log_entry(self, text: str) -> Locator:
        return self.page.locator(".log li").filter(has_text=text)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def tab_to(self, target: Locator, most: int = 400) -> None:
        """Press Tab until `target` has the focus; whatever gets it on the way shows that it has."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(_SHOWS_FOCUS), self.focused()
            if self.has_focus(target):
                return
        raise AssertionError(f"{target} cannot be reached with Tab")

    def has_focus(self, target: Locator) -> bool:
        return bool(target.evaluate("it => it === document.activeElement"))

    def focused(self) -> str:
        """What has the focus, as HTML without what is in it."""
        return str(self.page.evaluate("document.activeElement.cloneNode(false).outerHTML"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Without a network: the socket breaks, and nothing can be fetched."""
        self.page.context.set_offline(True)
        self.page.evaluate("for (const it of window.sockets) it.close()")
        yield
        self.page.context.set_offline(False)

    def axe_findings(self) -> list[str]:
        """What axe has to say against the page as it is, by rule and place."""
        self.page.evaluate(AXE)
        run = "rules => axe.run(document, { runOnly: rules })"
        found: dict[str, Any] = self.page.evaluate(run, RULES)
        return [f"{it['id']}: {[n['target'] for n in it['nodes']]}" for it in found["violations"]]

    def overflows(self) -> bool:
        """Whether the page is wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def cut_off_texts(self, within: str) -> list[str]:
        """What is in `within` and wider than the box it is in."""
        found: list[str] = self.page.locator(within).evaluate(_TOO_WIDE)
        return found

    def _on_console(self, message: Any) -> None:
        # while the network is cut off, the browser reports every request that fails
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            self.complaints.append(message.text)


class People:
    """Lets people in, each in a browser context of their own; closes them all at the end."""

    def __init__(self, browser: Browser, system: System) -> None:
        self._browser = browser
        self._system = system
        self._url = system.stage.output("web", "PageUrl")
        self._inside: list[Person] = []

    def visitor(self, size: ViewportSize = LAPTOP, **options: Any) -> Person:
        """Somebody who has not signed in."""
        context = self._browser.new_context(viewport=size, **options)
        context.add_init_script(_KEEP_SOCKETS)
        person = Person(context.new_page(), self._url)
        self._inside.append(person)
        return person

    def sign_in(self, email: str, size: ViewportSize = LAPTOP, **options: Any) -> Person:
        person = self.visitor(size, **options)
        self.let_in(email)
        person.sign_in(email)
        return person

    def let_in(self, email: str) -> None:
        """Somebody may sign in with `PASSWORD` from now on."""
        self._system.users.set_password(email, PASSWORD)

    def complaints(self) -> list[str]:
        return [complaint for person in self._inside for complaint in person.complaints]

    def leave(self) -> None:
        for person in self._inside:
            person.page.context.close()
