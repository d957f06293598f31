from __future__ import annotations

import boto3
from playwright.sync_api import Page, expect

from tests.browser.page import PASSWORD, People
from tests.e2e.system import BIDDER, System

SENT_CODE = "654321"
"""The emulator sends no e-mail: it gives everybody this code."""


def sign_in_with(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_a_wrong_password_is_told_in_words(people: People, auction_id: str) -> None:
    visitor = people.visitor()
    visitor.page.goto(visitor.url)
    sign_in_with(visitor.page, "nobody@example.com", "Wrong-password-1")
    expect(visitor.page.get_by_text("The e-mail address or the password is wrong.")).to_be_visible()
    expect(visitor.button("Sign in")).to_be_enabled()
    visitor.complaints.clear()


def test_a_forgotten_password_is_replaced_by_a_new_one(people: People, auction_id: str) -> None:
    visitor = people.sign_in(BIDDER)
    visitor.button("Sign out").click()
    visitor.button("Forgot your password?").click()
    visitor.page.get_by_label("E-mail address").fill(BIDDER)
    visitor.button("Send a code").click()
    visitor.page.get_by_label("Code").fill("111111")
    visitor.page.get_by_label("New password").fill("Another-2024-one")
    visitor.button("Change it").click()
    expect(visitor.page.get_by_text("This is not the code that was sent.")).to_be_visible()
    visitor.complaints.clear()
    visitor.page.get_by_label("Code").fill(SENT_CODE)
    visitor.button("Change it").click()
    expect(visitor.page.get_by_role("heading", name="My leagues")).to_be_visible()
    visitor.button("Sign out").click()
    sign_in_with(visitor.page, BIDDER, PASSWORD)
    expect(visitor.page.get_by_text("The e-mail address or the password is wrong.")).to_be_visible()
    visitor.complaints.clear()


def test_a_new_person_chooses_a_password_of_their_own(people: People, system: System) -> None:
    pool = system.stage.output("identity", "UserPoolId")
    boto3.client("cognito-idp").admin_create_user(
        UserPoolId=pool,
        Username="newcomer@example.com",
        TemporaryPassword="Temporary-2024",
        MessageAction="SUPPRESS",
    )
    visitor = people.visitor()
    visitor.page.goto(visitor.url)
    sign_in_with(visitor.page, "newcomer@example.com", "Temporary-2024")
    expect(
        visitor.page.get_by_role("heading", name="Choose a password of your own")
    ).to_be_visible()
    visitor.page.get_by_label("New password").fill("Chosen-by-me-2024")
    visitor.button("Choose it").click()
    expect(visitor.page.get_by_text("You are in no league yet.")).to_be_visible()
