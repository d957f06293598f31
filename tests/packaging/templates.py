"""Looking things up in a compiled CloudFormation template."""

import re
from collections.abc import Iterator
from typing import Any

_FUNCTION_IN_TEXT = re.compile(r"\$\{(?P<id>\w+)(?:\.Arn)?\}(?P<live>:live$)?")


def parts(node: Any) -> Iterator[Any]:
    """A node and everything below it."""
    yield node
    if isinstance(node, dict):
        below = list(node.values())
    else:
        below = node if isinstance(node, list) else []
    for it in below:
        yield from parts(it)


def functions_of(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The properties of a template's Lambda functions, by logical id."""
    resources = template["Resources"].items()
    return {
        name: it["Properties"] for name, it in resources if it["Type"] == "AWS::Lambda::Function"
    }


def allowed_statements(template: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every policy statement that allows something, wherever it stands."""
    for part in parts(template):
        if isinstance(part, dict) and part.get("Effect") == "Allow":
            yield part


def listed(value: Any) -> list[Any]:
    """IAM and CloudFormation take one of something in place of a list of it."""
    return value if isinstance(value, list) else [value]


def live_of(node: Any) -> str | None:
    """The function whose alias `live` a node stands for, if it does."""
    match node:
        case {"Fn::Join": [":", [{"Fn::GetAtt": [str(function), "Arn"]}, "live"]]}:
            return function
        case {"Fn::Sub": str(text)}:
            found = _FUNCTION_IN_TEXT.fullmatch(text)
            return found["id"] if found and found["live"] else None
        case {"Ref": str(name)} if name.endswith("LiveAlias"):
            return name.removesuffix("LiveAlias") + "LambdaFunction"
    return None


def unaliased(node: Any, functions: set[str], path: str = "$") -> Iterator[str]:
    """Where a node names a function, or its ARN, without the alias `live`."""
    if live_of(node) in functions:
        return
    match node:
        case {"Fn::GetAtt": [str(name), _]} | {"Ref": str(name)} if name in functions:
            yield path
        case {"Fn::Sub": str(text)}:
            named = _FUNCTION_IN_TEXT.finditer(text)
            if any(it["id"] in functions and not it["live"] for it in named):
                yield path
        case str(text) if ":function:" in text and not text.endswith(":live"):
            yield path
        case dict():
            for key, it in node.items():
                yield from unaliased(it, functions, f"{path}.{key}")
        case list():
            for index, it in enumerate(node):
                yield from unaliased(it, functions, f"{path}[{index}]")
