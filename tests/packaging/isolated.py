"""An interpreter that sees the standard library and an unzipped artifact, and nothing else.

An artifact's native extensions are built for Lambda's arm64 and do not load on the machine that
tests it. So the distributions that have any, and no others, are put before it in this machine's
build of the same version.
"""

import subprocess
import sys
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path


def distributions_in(unzipped: Path) -> list[Distribution]:
    return list(distributions(path=[str(unzipped)]))


def has_native_code(it: Distribution) -> bool:
    return any(".so" in file.suffixes for file in it.files or [])


def link_own_builds(unzipped: Path, folder: Path) -> Path:
    """Fill `folder` with this machine's builds of the artifact's native distributions.

    Raises:
        AssertionError: this machine has another version than the artifact.
    """
    folder.mkdir()
    for theirs in filter(has_native_code, distributions_in(unzipped)):
        own = distribution(theirs.name)
        assert own.version == theirs.version, f"the environment has another {theirs.name}"
        for top in {file.parts[0] for file in own.files or []} - {"..", "__pycache__"}:
            (folder / top).symlink_to(str(own.locate_file(top)))
    return folder


def run_isolated(
    code: str, own_builds: Path, unzipped: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python code with the artifact as its only source of packages."""
    only = f"import sys; sys.path[:0] = [{str(own_builds)!r}, {str(unzipped)!r}]\n"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", only + code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
