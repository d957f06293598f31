"""Ways into an auction: as the operator, in anybody's name, or as oneself."""

from __future__ import annotations

import os

import typer

from calcutta.bridge import Bridge
from calcutta.problems import Problem
from calcutta.stages import Stage
from calcutta.users import SignedIn, Users, random_password
from shared.auction import Member
from shared.client import Endpoint, TokenSupplier

PASSWORD = "CALCUTTA_PASSWORD"  # noqa: S105 - a variable's name


def endpoint(stage: Stage, auction_id: str, token: TokenSupplier) -> Endpoint:
    return Endpoint(
        tickets_url=stage.output("websocket", "ApiUrl"),
        websocket_url=stage.output("websocket", "WebsocketUrl"),
        auction_id=auction_id,
        token=token,
    )


def as_operator(users: Users, username: str) -> TokenSupplier:
    """Sign in as a user, by giving them a password: that of the environment, or a random one.

    Raises:
        Problem: this is a promoted stage, or there is no such user.
    """
    password = os.environ.get(PASSWORD) or random_password()
    users.set_password(username, password)
    return SignedIn(users, username, password)


def as_person(stage: Stage, email: str) -> TokenSupplier:
    """Sign in as oneself. In a promoted stage that takes the person's own password."""
    if not stage.is_promoted:
        return as_operator(Users(stage), email)
    password = os.environ.get(PASSWORD) or typer.prompt(f"Password of {email}", hide_input=True)
    return SignedIn(Users(stage), email, password)


def as_commissioner(stage: Stage, auction_id: str, email: str | None) -> TokenSupplier:
    """Sign in as who runs the auction: `email`, or, in a stage of one's own, the league's
    commissioner."""
    if email is not None:
        return as_person(stage, email)
    if stage.is_promoted:
        raise Problem(f"in stage {stage.name} say who you are with --as EMAIL")
    members = Bridge(stage).list_sales(auction_id).members
    return as_operator(Users(stage), commissioner_of(members).user_id)


def commissioner_of(members: tuple[Member, ...]) -> Member:
    for member in members:
        if member.role == "commissioner":
            return member
    raise Problem("this league has no commissioner; import it again with one")
