"""What comes with the page: its policy, and how long it is kept."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.page import People

BREAK_IN = """async () => {
  window.violations = [];
  addEventListener('securitypolicyviolation', (it) => violations.push(it.effectiveDirective));
  const script = document.createElement('script');
  const style = document.createElement('style');
  script.append('window.ran = true');
  style.append('body { margin: 99px }');
  document.body.append(script, style);
  document.body.setAttribute('style', 'margin: 99px');
  let html = 'let in';
  try {
    document.createElement('p').innerHTML = '<img src=x onerror="window.ran = true">';
  } catch (failure) {
    html = failure.name;
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  const styled = getComputedStyle(document.body).marginTop === '99px';
  return { ran: window.ran === true, styled, html };
}"""


def test_the_browser_lets_nothing_inline_in(people: People, auction_id: str) -> None:
    visitor = people.visitor()
    policies: list[str] = []
    visitor.page.on(
        "response",
        lambda it: policies.extend(
            [it.headers["content-security-policy"]] if it.url.rstrip("/") == visitor.url else []
        ),
    )
    visitor.page.goto(visitor.url)
    expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert visitor.complaints == []
    [policy] = policies
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    broken = visitor.page.evaluate(BREAK_IN)
    visitor.complaints.clear()
    assert broken == {"ran": False, "styled": False, "html": "TypeError"}
    assert {"require-trusted-types-for", "style-src-elem", "style-src-attr"} <= set(
        visitor.page.evaluate("window.violations")
    )


def test_what_may_change_is_asked_for_anew_and_the_rest_is_kept(
    people: People, auction_id: str
) -> None:
    visitor = people.visitor()
    cached: dict[str, str] = {}
    visitor.page.on(
        "response",
        lambda it: cached.update({it.url.rpartition("/")[2]: it.headers["cache-control"]}),
    )
    visitor.page.goto(visitor.url)
    expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert cached.pop("") == cached.pop("config.json") == cached.pop("icon.svg") == "no-cache"
    assert len(cached) > 2
    assert set(cached.values()) == {"public, max-age=31536000, immutable"}
