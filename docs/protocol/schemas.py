"""JSON schemas of the messages, from their classes and the classes' docstrings."""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec

from docs.protocol.codes import error_code_schema, error_codes
from shared import auction, commands, events, replies

Schema = dict[str, Any]

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)
_STRUCTS = {
    name: it
    for module in (auction, commands, events, replies)
    for name, it in vars(module).items()
    if isinstance(it, type) and issubclass(it, msgspec.Struct)
}


def message_schemas() -> dict[str, Schema]:
    """The schemas of all messages and of what they are made of, by class, and `ErrorCode`."""
    _, components = msgspec.json.schema_components(
        [commands.AnyCommand, replies.AnyReply], ref_template="#/components/schemas/{name}"
    )
    schemas = {name: documented(_STRUCTS[name], schema) for name, schema in components.items()}
    schemas["RefusedReply"]["properties"]["code"] = {"$ref": "#/components/schemas/ErrorCode"}
    schemas["ErrorCode"] = error_code_schema(error_codes())
    return schemas


def summary_of(message: type) -> str:
    """A class's docstring without its list of attributes."""
    summary, _, _ = inspect.cleandoc(message.__doc__ or "").partition("\n\nAttributes:")
    return " ".join(summary.split())


def documented(message: type, schema: Schema) -> Schema:
    """The schema, with what the docstring says of each attribute beside that attribute."""
    documented = {**_without_discriminator(schema), "description": summary_of(message)}
    if not documented["description"]:
        del documented["description"]
    for name, description in _attributes_of(message).items():
        documented["properties"][name] |= {"description": description}
    return documented


def _attributes_of(message: type) -> dict[str, str]:
    """The `Attributes:` of a class's docstring and of its bases'."""
    attributes: dict[str, str] = {}
    for base in reversed(message.__mro__):
        if issubclass(base, msgspec.Struct):
            docstring = inspect.cleandoc(vars(base).get("__doc__") or "")
            _, _, listed = docstring.partition("\n\nAttributes:\n")
            attributes |= {name: " ".join(it.split()) for name, it in _ATTRIBUTE.findall(listed)}
    return attributes


def _without_discriminator(schema: Any) -> Any:
    """AsyncAPI has a `discriminator` too, with another meaning; the tags' `enum` is enough."""
    if isinstance(schema, dict):
        kept = schema.items()
        return {key: _without_discriminator(it) for key, it in kept if key != "discriminator"}
    if isinstance(schema, list):
        return [_without_discriminator(it) for it in schema]
    return schema
