"""The pins of a requirements file."""

import re
from pathlib import Path

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")


def normalized(name: str) -> str:
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements_of(path: Path) -> list[str]:
    """The requirements of a file, each with its hashes on one line."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [it.strip() for it in joined.splitlines()]
    return [it for it in lines if it and not it.startswith("#")]


def pins_of(path: Path) -> dict[str, str]:
    """Versions by normalized name.

    Raises:
        ValueError: a line pins nothing.
    """
    pins = {}
    for line in requirements_of(path):
        pin = _PIN.match(line)
        if pin is None:
            raise ValueError(f"{path.name}: no pin: {line}")
        pins[normalized(pin["name"])] = pin["version"]
    return pins
