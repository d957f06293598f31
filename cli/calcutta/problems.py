"""What went wrong, in one line that says what to do next."""

from __future__ import annotations

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
)

from shared.errors import CalcuttaError, CalleeFailed
from shared.text import plain

DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
ASK = "; ask for this right, or sign in as somebody who has it (docs/pipeline.md lists them)"


class Problem(Exception):
    """The command cannot go on; the message is the line."""


def sentence_for(error: BaseException) -> str | None:
    """The line for an error that a person can do something about; None for a defect."""
    if isinstance(error, BaseExceptionGroup):
        sentences = [sentence_for(inner) for inner in error.exceptions]
        return None if None in sentences else sentences[0]
    sentence = _sentence(error)
    return None if sentence is None else plain(sentence)


def _sentence(error: BaseException) -> str | None:
    match error:
        case CalleeFailed(__cause__=ClientError() as refused):
            return _sentence(refused)
        case Problem() | CalcuttaError():
            return str(error)
        case NoCredentialsError():
            return "no AWS credentials found: sign in (aws sso login) or set AWS_PROFILE"
        case NoRegionError():
            return "no AWS region: set AWS_REGION"
        case EndpointConnectionError():
            return f"{error}; is the stage running? (make run starts the local one)"
        case ClientError():
            refusal = f"AWS refused {error.operation_name}: {error.response['Error']['Message']}"
            return refusal + (ASK if error.response["Error"]["Code"] in DENIED else "")
        case BotoCoreError():
            return str(error)
        case TimeoutError():
            return "the auction did not answer in time; see calcutta auction status"
        case OSError() if error.filename is not None:
            return f"{error.filename}: {error.strerror}"
        case _:
            return None
