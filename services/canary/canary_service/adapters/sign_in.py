"""Signing in as the stage's canary user."""

from __future__ import annotations

from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from canary_service.logic.ports import Entry, StepFailed
from shared.canary import CanaryUser

_WRONG = ("NotAuthorizedException", "UserNotFoundException")


class CognitoSignIn:
    """A fresh token each time; the user is read once, and again if it is refused.

    Args:
        ssm, cognito: clients of Systems Manager and Cognito.
        parameter: name of the SecureString that holds the user.
        client_id: of the user pool's client.
    """

    def __init__(self, ssm: Any, cognito: Any, parameter: str, client_id: str) -> None:
        self._ssm = ssm
        self._cognito = cognito
        self._parameter = parameter
        self._client_id = client_id
        self._kept: CanaryUser | None = None

    def __call__(self) -> Entry:
        """
        Raises:
            StepFailed: there is no user, Cognito refuses it, or AWS did not answer.
        """
        try:
            if self._kept is not None and (token := self._token_of(self._kept)):
                return Entry(token, self._kept.auction_id)
            user = self._kept = self._read()
            token = self._token_of(user)
        except ClientError as error:
            raise StepFailed(f"AWS said {error.response['Error']['Code']}") from error
        except BotoCoreError as error:
            raise StepFailed("AWS did not answer") from error
        if token is None:
            raise StepFailed("its password was refused; run calcutta canary prepare")
        return Entry(token, user.auction_id)

    def _read(self) -> CanaryUser:
        try:
            found = self._ssm.get_parameter(Name=self._parameter, WithDecryption=True)
            return msgspec.json.decode(found["Parameter"]["Value"], type=CanaryUser)
        except self._ssm.exceptions.ParameterNotFound:
            raise StepFailed("it has no user; run calcutta canary prepare") from None
        except msgspec.DecodeError:
            # not `from error`: it may quote what it could not read
            raise StepFailed("its user cannot be read; run calcutta canary prepare") from None

    def _token_of(self, user: CanaryUser) -> str | None:
        """None: it is not this user's password."""
        try:
            answer = self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": user.email, "PASSWORD": user.password},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _WRONG:
                return None
            raise
        if "AuthenticationResult" not in answer:
            raise StepFailed("Cognito asks for more than its password")
        token: str = answer["AuthenticationResult"]["IdToken"]
        return token
