import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packaging.pins import normalized, pins_of, requirements_of
from tests.packaging.services import ROOT, SERVICES_WITH_CODE

DEVELOPMENT = ROOT / "requirements" / "dev.txt"
REQUIREMENTS = [
    DEVELOPMENT,
    *(ROOT / "services" / it / "requirements.txt" for it in SERVICES_WITH_CODE),
]
ADDRESSES = ("http:", "https:", "git+", "file:", " @ ", "--index-url", "--extra-index-url")

each_requirements_file = pytest.mark.parametrize(
    "path", REQUIREMENTS, ids=lambda it: str(it.relative_to(ROOT))
)


def common() -> Any:
    """What every service's serverless.yml has in common."""
    return yaml.safe_load((ROOT / "serverless.common.yml").read_text(encoding="utf-8"))


@each_requirements_file
def test_every_requirement_is_pinned_with_hashes(path: Path) -> None:
    assert pins_of(path)
    assert [it for it in requirements_of(path) if "--hash=sha256:" not in it] == []


@each_requirements_file
def test_requirements_name_no_addresses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [it for it in ADDRESSES if it in text] == []


@pytest.mark.parametrize("service", SERVICES_WITH_CODE)
def test_a_service_runs_the_versions_that_are_developed_with(service: str) -> None:
    developed = pins_of(DEVELOPMENT)
    deployed = pins_of(ROOT / "services" / service / "requirements.txt")
    assert {name: it for name, it in deployed.items() if developed.get(name) != it} == {}


@pytest.mark.parametrize("service", SERVICES_WITH_CODE)
def test_what_a_service_asks_for_is_pinned(service: str) -> None:
    folder = ROOT / "services" / service
    asked = requirements_of(folder / "requirements.in")
    names = {normalized(it.partition(">")[0].partition("=")[0]) for it in asked}
    assert names
    assert names - set(pins_of(folder / "requirements.txt")) == set()


def test_requirements_are_built_for_the_runtime_of_the_functions() -> None:
    provider = common()["provider"]
    arguments = common()["pythonRequirements"]["pipCmdExtraArgs"]
    assert f"--python-version={provider['runtime'].removeprefix('python')}" in arguments
    assert "--only-binary=:all:" in arguments
    assert provider["architecture"] == "arm64"
    platforms = [it for it in arguments if it.startswith("--platform=")]
    assert platforms
    assert [it for it in platforms if not it.endswith("_aarch64")] == []


def test_the_lock_of_node_packages_has_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages
    # a workspace is a link to its folder
    named = {name: it["resolved"] for name, it in packages.items() if "resolved" in it}
    assert named == {"node_modules/@calcutta/web": "services/web"}


@pytest.mark.parametrize("folder", [".", "services/web"])
def test_node_packages_are_pinned_and_locked_as_asked_for(folder: str) -> None:
    asking = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))
    asked = asking["devDependencies"] | asking.get("dependencies", {})
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = {name: packages[f"node_modules/{name}"] for name in asked}
    assert {name: it["version"] for name, it in locked.items()} == asked
    assert [name for name, it in locked.items() if not it["integrity"].startswith("sha512-")] == []
