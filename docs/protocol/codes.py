"""The codes of refusals and what they mean, as `shared.errors` documents them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any, get_args

from shared import errors
from shared.errors import CalcuttaError, RefusalCode, Refused

_IN_TREE = re.compile(r'^\W*(?P<error>\w+) +(?:code )?"\w+" *(?P<why>.*)$', re.MULTILINE)
_REFUSAL = re.compile(r'^    "(?P<code>\w+)",(?:  # (?P<why>.+))?$', re.MULTILINE)


def error_codes() -> dict[str, str]:
    """Every code that a refusal may have, in the order of `shared.errors`, and its description."""
    return _codes_of_errors() | _codes_of_refusals()


def error_code_schema(codes: Mapping[str, str]) -> dict[str, Any]:
    """The schema of a refusal's code that is one of these; their descriptions by code."""
    return {
        "title": "ErrorCode",
        "description": "Stable. A code that a client does not know is a refusal like the others.",
        "type": "string",
        "oneOf": [{"const": code, "description": why} for code, why in codes.items()],
    }


def _codes_of_errors() -> dict[str, str]:
    why = {it["error"]: it["why"] for it in _IN_TREE.finditer(errors.__doc__ or "")}
    why[CalcuttaError.__name__] = "something went wrong inside"
    return {
        error.code: _described(error.code, why[error.__name__], error)
        for error in _with_subclasses(CalcuttaError)
        if "code" in vars(error)
    }


def _codes_of_refusals() -> dict[str, str]:
    why = {it["code"]: it["why"] for it in _REFUSAL.finditer(inspect.getsource(errors))}
    return {code: _described(code, why[code], Refused) for code in get_args(RefusalCode)}


def _described(code: str, why: str | None, error: type[CalcuttaError]) -> str:
    """Why (or the code in words), and what that kind of error means for the caller."""
    words = why or code.replace("_", " ")
    kinds = [it.__doc__ for it in error.__mro__[: error.__mro__.index(CalcuttaError)] if it.__doc__]
    return " ".join([f"{words[0].upper()}{words[1:]}.", *(it.splitlines()[0] for it in kinds[:1])])


def _with_subclasses(error: type[CalcuttaError]) -> list[type[CalcuttaError]]:
    return [error, *(it for sub in error.__subclasses__() for it in _with_subclasses(sub))]
