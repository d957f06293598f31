from pathlib import Path

import pytest

from tests.unit.architecture.sources import PACKAGES, SERVICES

SECTIONS = ["## What it owns", "## What it offers", "## What it consumes", "## Settings"]


def camel_case(words: str) -> str:
    first, *others = words.split("_")
    return first + "".join(it.capitalize() for it in others)


def functions_of(package: Path) -> set[str]:
    """The names of a package's functions in its serverless.yml, from its handler files."""
    return {camel_case(it.stem) for it in package.glob("handlers/*.py") if it.stem != "__init__"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_says_what_it_owns_offers_consumes_and_its_settings(service: str) -> None:
    text = (SERVICES[service] / "README.md").read_text(encoding="utf-8")
    titles = [it for it in text.splitlines() if it.startswith("## ")]
    assert titles[: len(SECTIONS)] == SECTIONS


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_draws_one_diagram(service: str) -> None:
    text = (SERVICES[service] / "README.md").read_text(encoding="utf-8")
    assert text.count("```mermaid\n") == 1


@pytest.mark.parametrize("package", PACKAGES)
def test_a_service_names_every_function_it_has(package: str) -> None:
    functions = functions_of(PACKAGES[package])
    assert functions
    text = (PACKAGES[package].parent / "README.md").read_text(encoding="utf-8")
    assert {it for it in functions if f"`{it}`" not in text} == set()
