"""What an operation on a league is: where it is asked for, by whom, with what, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from rds_bridge_service.logic.leagues.call import Answer, Call, Inside
from rds_bridge_service.logic.leagues.ports import Desk
from shared.fields import Role

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Roles = frozenset[Role]

COMMISSIONER: Roles = frozenset({"commissioner"})
MANAGERS: Roles = COMMISSIONER | {"admin"}
MEMBERS: Roles = MANAGERS | {"bidder", "spectator"}


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be asked; its name is the function's, and so is its summary.

    Attributes:
        takes, gives: the types of the bodies; None where there is none.
        exports: the content type of the file that it gives instead of a body.
        status: of the answer, if nothing is wrong.
        changes: whether the league is changed: its changes take turns.
        versioned: the change is of the version that `If-Match` names.
        heeds_version: `If-Match` may be missing, and holds where it is not.
        keyed: `Idempotency-Key` makes it repeatable.
        paged: it takes `cursor` and `limit`.
    """

    method: Method
    path: str
    takes: type[msgspec.Struct] | None = None
    gives: type[msgspec.Struct] | None = None
    exports: str | None = None
    status: int = 200
    changes: bool = False
    versioned: bool = False
    heeds_version: bool = False
    keyed: bool = False
    paged: bool = False

    @property
    def route(self) -> str:
        """As API Gateway names it."""
        return f"{self.method} {self.path}"

    @property
    def does(self) -> Callable[..., Answer]:
        raise NotImplementedError

    @property
    def name(self) -> str:
        first, *others = self.does.__name__.split("_")
        return first + "".join(it.capitalize() for it in others)


class ForAnyone(Operation, frozen=True, kw_only=True):
    """For whoever is signed in, in a league or not."""

    run: Callable[[Desk, Call], Answer]

    @property
    def does(self) -> Callable[..., Answer]:
        return self.run


class ForMembers(Operation, frozen=True, kw_only=True):
    """For members with one of these roles, in the transaction that has found the role."""

    roles: Roles
    run: Callable[[Inside], Answer]

    @property
    def does(self) -> Callable[..., Answer]:
        return self.run


AnyOperation = ForAnyone | ForMembers
