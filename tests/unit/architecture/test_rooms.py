"""Who may know whom: see the rooms of the repository in docs/architecture.md."""

import ast
from pathlib import Path

import pytest

from tests.unit.architecture.sources import (
    PACKAGES,
    ROOT,
    below,
    names_in,
    names_in_file,
    relative,
    sources,
)

NOT_DEPLOYED = {"calcutta", "local", "tests", "bench", "docs"}

NOT_IN_LOGIC = (
    "alembic",
    "boto3",
    "botocore",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os",
    "pymssql",
    "pynamodb",
    "shared.clock",
    "shared.settings_table",
    "sqlalchemy",
    "time.monotonic",
    "time.monotonic_ns",
    "time.time",
    "time.time_ns",
)
"""The world outside: AWS, databases, the environment, and the time, which is passed in."""

MOST_LINES = 300
GENERATED = "schema.ts"
MOST_LINES_OF_A_HANDLER = 60

each_package = pytest.mark.parametrize("package", PACKAGES)


def offenders(files: list[Path], *roots: str) -> dict[str, set[str]]:
    """The files that use a name below one of the roots, and which names."""
    found = {path: below(names_in_file(path), *roots) for path in files}
    return {str(path.relative_to(ROOT)): names for path, names in found.items() if names}


def handler_files(package: str) -> list[Path]:
    return [it for it in sources(PACKAGES[package] / "handlers") if it.name != "__init__.py"]


@each_package
def test_a_service_knows_itself_and_shared_and_no_other_room(package: str) -> None:
    files = sources(PACKAGES[package])
    assert files
    assert offenders(files, *(PACKAGES.keys() - {package}), *NOT_DEPLOYED) == {}


def test_shared_knows_no_other_room() -> None:
    files = sources(ROOT / "shared")
    assert files
    assert offenders(files, *PACKAGES, *NOT_DEPLOYED) == {}


@each_package
def test_logic_knows_neither_the_world_nor_the_time(package: str) -> None:
    files = sources(PACKAGES[package] / "logic")
    assert files
    assert offenders(files, *NOT_IN_LOGIC) == {}


@each_package
def test_logic_knows_nothing_of_what_surrounds_it(package: str) -> None:
    around = (f"{package}.{it}" for it in ("adapters", "edge", "handlers", "publish", "wiring"))
    assert offenders(sources(PACKAGES[package] / "logic"), *around) == {}


@each_package
def test_adapters_know_nothing_of_handlers_and_wiring(package: str) -> None:
    files = sources(PACKAGES[package] / "adapters")
    assert files
    assert offenders(files, f"{package}.handlers", f"{package}.wiring") == {}


@each_package
def test_only_wiring_reads_the_environment(package: str) -> None:
    files = [it for it in sources(PACKAGES[package]) if it.name != "wiring.py"]
    assert offenders(files, "os.environ", "os.getenv") == {}


@each_package
def test_a_handler_file_has_one_handler_and_few_lines(package: str) -> None:
    files = handler_files(package)
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        defined = [it.name for it in ast.parse(text).body if isinstance(it, ast.FunctionDef)]
        assert defined.count("handler") == 1, path.name
        assert len(text.splitlines()) < MOST_LINES_OF_A_HANDLER, path.name


@pytest.mark.parametrize("room", ["shared", "services", "cli", "local", "plugins", "docs"])
def test_source_files_stay_small(room: str) -> None:
    suffixes = (".py", ".js", ".mjs", ".ts", ".tsx")
    files = [it for suffix in suffixes for it in sources(ROOT / room, suffix)]
    assert files
    written = [it for it in files if it.name != GENERATED]
    long = [it for it in written if len(it.read_text("utf-8").splitlines()) >= MOST_LINES]
    assert relative(long) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\nnow = time.time()",
        "import time as t\nnow = t.time",
        "from time import time as now",
        "def late():\n    from time import time",
    ],
)
def test_the_time_is_found_under_every_name(source: str) -> None:
    assert below(names_in(source), "time.time") == {"time.time"}


def test_a_name_that_only_begins_like_a_forbidden_one_is_not_found() -> None:
    names = names_in("import time, osprey\ntime.time_of_day()\nosprey.fly()")
    assert below(names, "time.time", "os") == set()
