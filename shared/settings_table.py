"""The settings table of `services/config`, as every service reads it."""

from __future__ import annotations

import json
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model


class SettingRow(Model):
    """One stored setting; `value` is its JSON."""

    class Meta:
        table_name = "settings"

    name = UnicodeAttribute(hash_key=True)
    value = UnicodeAttribute()


def read_settings(table_name: str) -> dict[str, Any]:
    """The values that were set in a stage: setting name → value."""
    SettingRow.Meta.table_name = table_name
    return {row.name: json.loads(row.value) for row in SettingRow.scan(consistent_read=True)}
