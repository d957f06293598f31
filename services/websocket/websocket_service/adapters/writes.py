"""Writes that may find that somebody was there first."""

from __future__ import annotations

from pynamodb.exceptions import PutError
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model


def save_new(row: Model, condition: Condition) -> bool:
    """Write a row if `condition` holds; False if it does not."""
    try:
        row.save(condition=condition)
    except PutError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
