import struct
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from tests.packaging.isolated import (
    distributions_in,
    has_native_code,
    link_own_builds,
    run_isolated,
)
from tests.packaging.pins import normalized, pins_of
from tests.packaging.services import ROOT, Packaged

pytestmark = pytest.mark.xdist_group("packaging")

LAMBDA_LIMIT_BYTES = 250 * 1024 * 1024
AARCH64 = 183
"""`e_machine` of an ELF header, by the ELF specification."""

LEFT_BY_PIP = {"requirements.txt", ".completed_requirements"}

IMPORT_AND_FIND = """
import importlib
module, _, function = {handler!r}.rpartition(".")
assert callable(getattr(importlib.import_module(module.replace("/", ".")), function))
"""

TRACE = """
from shared.tracing import trace_aws_calls
trace_aws_calls()
assert "aws_xray_sdk.ext.botocore" in sys.modules
"""

MIGRATE = """
from rds_bridge_service.handlers.migrate import handler
answer = handler({"hops": 1, "request": {}}, None)
assert answer["reply"]["revision"], answer
"""


@pytest.fixture
def own_builds(artifact: Packaged, tmp_path: Path) -> Path:
    return link_own_builds(artifact.unzipped, tmp_path / "own-builds")


def files(artifact: Packaged) -> list[PurePosixPath]:
    return [PurePosixPath(it.filename) for it in artifact.zipped if not it.is_dir()]


def own_roots(artifact: Packaged) -> set[str]:
    return {f"{artifact.service.replace('-', '_')}_service", "shared"}


def handlers(artifact: Packaged) -> list[str]:
    return [it["Handler"] for _, it in artifact.resources("AWS::Lambda::Function")]


def machine_of(path: Path) -> int | None:
    """The machine an ELF file is built for; None for all other files."""
    with path.open("rb") as file:
        header = file.read(20)
    return struct.unpack_from("<H", header, 18)[0] if header.startswith(b"\x7fELF") else None


def test_every_handler_imports_from_its_artifact_alone(
    artifact: Packaged, own_builds: Path
) -> None:
    outcomes = {
        handler: run_isolated(
            IMPORT_AND_FIND.format(handler=handler), own_builds, artifact.unzipped
        )
        for handler in handlers(artifact)
    }
    assert outcomes
    assert {name: it.stderr for name, it in outcomes.items() if it.returncode != 0} == {}


def test_a_module_that_is_not_in_the_artifact_does_not_import(
    artifact: Packaged, own_builds: Path
) -> None:
    outcome = run_isolated("import pytest", own_builds, artifact.unzipped)
    assert "No module named 'pytest'" in outcome.stderr


def test_tracing_can_be_switched_on_from_the_artifact_alone(
    artifact: Packaged, own_builds: Path
) -> None:
    outcome = run_isolated(TRACE, own_builds, artifact.unzipped, TRACING="on")
    assert outcome.returncode == 0, outcome.stderr


def test_the_bridge_builds_its_schema_from_its_artifact_alone(
    packaged_service: Callable[[str], Packaged], tmp_path: Path
) -> None:
    bridge = packaged_service("rds-bridge")
    own_builds = link_own_builds(bridge.unzipped, tmp_path / "own-builds")
    outcome = run_isolated(
        MIGRATE, own_builds, bridge.unzipped, DATABASE_URL=f"sqlite:///{tmp_path / 'sql.db'}"
    )
    assert outcome.returncode == 0, outcome.stderr


def test_native_code_is_built_for_lambdas_machine(artifact: Packaged) -> None:
    machines = {it: machine_of(artifact.unzipped / it) for it in files(artifact)}
    native = {it: machine for it, machine in machines.items() if machine is not None}
    assert native
    assert {it: machine for it, machine in native.items() if machine != AARCH64} == {}


def test_every_extension_module_is_built_for_lambdas_python(artifact: Packaged) -> None:
    extensions = [
        it for it in files(artifact) if it.suffix == ".so" and not it.parts[0].endswith(".libs")
    ]
    assert extensions
    fitting = (".cpython-313-aarch64-linux-gnu.so", ".abi3.so")
    assert [it for it in extensions if not it.name.endswith(fitting)] == []


def test_the_artifact_has_the_pinned_packages_and_no_others(artifact: Packaged) -> None:
    found = {normalized(it.name): it.version for it in distributions_in(artifact.unzipped)}
    pinned = pins_of(ROOT / "services" / artifact.service / "requirements.txt")
    assert found == pinned


def test_the_isolated_interpreter_takes_only_these_packages_from_this_machine(
    artifact: Packaged,
) -> None:
    native = filter(has_native_code, distributions_in(artifact.unzipped))
    known = {"markupsafe", "msgspec", "pymssql", "sqlalchemy", "websockets", "wrapt"}
    assert {normalized(it.name) for it in native} <= known


def test_beside_its_packages_the_artifact_has_only_the_service_and_the_shared_code(
    artifact: Packaged,
) -> None:
    of_packages = {
        file.parts[0] for it in distributions_in(artifact.unzipped) for file in it.files or []
    }
    found = {it.parts[0] for it in files(artifact)}
    assert own_roots(artifact) <= found
    assert found - own_roots(artifact) - of_packages - LEFT_BY_PIP == set()


def test_of_the_service_and_the_shared_code_the_artifact_has_sources_and_authorities_alone(
    artifact: Packaged,
) -> None:
    ours = [it for it in files(artifact) if it.parts[0] in own_roots(artifact)]
    astray = [it for it in ours if it.suffix != ".py" or it.name.startswith("test_")]
    assert [it for it in astray if it.name != "authorities.pem"] == []


def test_only_the_canary_is_a_client_of_the_live_auction(artifact: Packaged) -> None:
    has_client = any(it.is_relative_to("shared/client") for it in files(artifact))
    assert has_client == (artifact.service == "canary")


def test_the_artifact_has_no_compiled_caches(artifact: Packaged) -> None:
    assert [it for it in files(artifact) if it.suffix == ".pyc"] == []


def test_the_artifact_fits_lambda(artifact: Packaged) -> None:
    assert sum(it.file_size for it in artifact.zipped) < LAMBDA_LIMIT_BYTES


def test_every_handler_file_is_the_handler_of_one_function(artifact: Packaged) -> None:
    folder = next((ROOT / "services" / artifact.service).glob("*_service/handlers"))
    written = {it.stem for it in folder.glob("*.py")} - {"__init__"}
    deployed = [PurePosixPath(it).stem for it in handlers(artifact)]
    assert sorted(deployed) == sorted(written)
