"""The same commit makes the same zip: production takes by its hash what has passed in staging."""

import hashlib
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.services import SERVICES_WITH_CODE, Machine, Packaged, package

pytestmark = pytest.mark.xdist_group("packaging")


@pytest.fixture
def other_machine(tmp_path: Path) -> Machine:
    """Its pip remembers nothing, its Python is elsewhere, and its files are its user's alone."""
    home = tmp_path / "python"
    venv.EnvBuilder(symlinks=True).create(home)
    (site,) = home.glob("lib/python*/site-packages")
    (site / "pip.pth").write_text(sysconfig.get_path("purelib"))
    return Machine(tmp_path / "cache", home / "bin", umask=0o077)


def code_hash(packaged: Packaged) -> str:
    assert not packaged.failure, packaged.failure
    return hashlib.sha256(packaged.zip_path.read_bytes()).hexdigest()


@pytest.mark.parametrize("service", SERVICES_WITH_CODE)
def test_staging_and_production_get_the_same_zip_though_from_different_machines(
    service: str,
    packaged_service: Callable[[str], Packaged],
    other_machine: Machine,
    tmp_path: Path,
) -> None:
    staging = package(service, tmp_path / "staging", "staging", other_machine)
    assert code_hash(packaged_service(service)) == code_hash(staging)


def test_all_files_of_the_artifact_may_be_read_by_anyone(artifact: Packaged) -> None:
    rights = {it.external_attr >> 16 for it in artifact.zipped}
    assert rights == {0o100644}


def test_the_artifact_has_no_scripts_that_name_an_interpreter(artifact: Packaged) -> None:
    assert [it.filename for it in artifact.zipped if it.filename.startswith("bin/")] == []
