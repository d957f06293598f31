"""People in the stage's Cognito user pool."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any

from calcutta.problems import Problem
from calcutta.stages import Stage

REFRESH_S = 300
"""A token is replaced this many seconds before it expires."""


class Users:
    """The user pool; needs AWS credentials that may administer it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cognito = stage.client("cognito-idp")
        self._pool = stage.output("identity", "UserPoolId")
        self._client = stage.output("identity", "UserPoolClientId")

    def ensure(self, email: str) -> str:
        """The user id (`sub`) of the user with this address, who is created if need be.

        Cognito invites a new user by e-mail, but only in a promoted stage.
        """
        request: dict[str, Any] = {
            "UserPoolId": self._pool,
            "Username": email,
            "UserAttributes": [
                {"Name": "email", "Value": email},
                {"Name": "email_verified", "Value": "true"},
            ],
        }
        if not self._stage.is_promoted:
            request["MessageAction"] = "SUPPRESS"
        try:
            created = self._cognito.admin_create_user(**request)
        except self._cognito.exceptions.UsernameExistsException:
            known = self._cognito.admin_get_user(UserPoolId=self._pool, Username=email)
            return _sub(known["UserAttributes"])
        return _sub(created["User"]["Attributes"])

    def set_password(self, username: str, password: str) -> None:
        """Give a user a password, so that the operator can sign in as them.

        Raises:
            Problem: this is a promoted stage, or there is no such user.
        """
        if self._stage.is_promoted:
            raise Problem(
                f"stage {self._stage.name} has real people: nobody signs in as somebody else; "
                "say who you are with --as EMAIL"
            )
        try:
            self._cognito.admin_set_user_password(
                UserPoolId=self._pool, Username=username, Password=password, Permanent=True
            )
        except self._cognito.exceptions.UserNotFoundException:
            raise Problem(f"stage {self._stage.name} has no user {username}") from None

    def sign_in(self, username: str, password: str) -> tuple[str, int]:
        """An id token and the seconds it is valid.

        Raises:
            Problem: the password is wrong, or Cognito asks for more than a password.
        """
        try:
            answer = self._cognito.admin_initiate_auth(
                UserPoolId=self._pool,
                ClientId=self._client,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            )
        except (
            self._cognito.exceptions.NotAuthorizedException,
            self._cognito.exceptions.UserNotFoundException,
        ):
            raise Problem(f"wrong e-mail or password for {username}") from None
        if "AuthenticationResult" not in answer:
            raise Problem(
                f"{username} has to finish signing up first ({answer.get('ChallengeName')}): "
                "sign in once on the web page"
            )
        result = answer["AuthenticationResult"]
        return result["IdToken"], int(result["ExpiresIn"])


class SignedIn:
    """A user's token supplier: signs in again when the token is about to expire."""

    def __init__(self, users: Users, username: str, password: str) -> None:
        self._users = users
        self._username = username
        self._password = password
        self._token = ""
        self._renew_at = float("-inf")

    async def __call__(self) -> str:
        if time.monotonic() >= self._renew_at:
            self._token, valid_s = await asyncio.to_thread(
                self._users.sign_in, self._username, self._password
            )
            self._renew_at = time.monotonic() + valid_s - REFRESH_S
        return self._token


def random_password() -> str:
    """One that every password policy takes."""
    return f"{secrets.token_urlsafe(24)}-aA1"


def _sub(attributes: list[dict[str, str]]) -> str:
    return next(entry["Value"] for entry in attributes if entry["Name"] == "sub")
