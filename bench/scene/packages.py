"""What a Lambda's package has of other people's, and nothing else of this environment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def pinned_in(requirements: Path) -> list[str]:
    """The distributions that a file of requirements pins."""
    return _PINNED.findall(requirements.read_text())


def link_package(folder: Path, distributions: Iterable[str]) -> Path:
    """Link what these distributions have installed into a folder, for `PYTHONPATH`.

    Raises:
        PackageNotFoundError: one of them is not installed.
    """
    folder.mkdir()
    for name in distributions:
        of = distribution(name)
        for top in {path.parts[0] for path in of.files or ()} - {"..", "__pycache__"}:
            link = folder / top
            if not link.exists():
                link.symlink_to(Path(str(of.locate_file(top))).resolve())
    return folder
