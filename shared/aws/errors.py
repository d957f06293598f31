"""What goes wrong between us and AWS.

AwsError
├── Refused           AWS answered with an error
│   └── ConditionFailed
└── Unanswered        no answer came
    ├── ConnectionLost
    └── TimedOut
"""

from __future__ import annotations

from typing import Any


class AwsError(Exception):
    """A call that did not succeed; `code` is AWS's, or the name of what happened."""

    @property
    def code(self) -> str:
        return type(self).__name__


class Refused(AwsError):
    """AWS answered with an error.

    Attributes:
        status: of HTTP.
        code: as `ThrottlingException`, without its namespace.
        reasons: of a cancelled transaction, one code for each of its items.
    """

    def __init__(
        self, status: int, code: str, message: str = "", reasons: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.status, self.reasons = status, reasons
        self._code = code

    @property
    def code(self) -> str:
        return self._code


class ConditionFailed(Refused):
    """A conditional write did not hold.

    Attributes:
        item: what it lost to, as DynamoDB writes it, if that was asked for and there is one.
    """

    def __init__(self, status: int, code: str, message: str, item: dict[str, Any] | None) -> None:
        super().__init__(status, code, message)
        self.item = item


class Unanswered(AwsError):
    """No answer came; AWS may have done it."""


class ConnectionLost(Unanswered):
    """No connection was made, or it ended before the answer did."""


class TimedOut(Unanswered):
    """The answer did not come in time."""
