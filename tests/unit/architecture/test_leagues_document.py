from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from docs.leagues_api.generate import DOCUMENT, document, render
from rds_bridge_service.logic.leagues.operation import ForAnyone
from rds_bridge_service.logic.leagues.operations import OPERATIONS

ROOT = Path(__file__).parents[3]
TEMPLATE = ROOT / "services" / "rds-bridge" / "serverless.yml"


class Loader(yaml.SafeLoader):
    """Reads a template without minding CloudFormation's own tags."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    return loaded


def problems(instance: object, name: str) -> list[str]:
    """What is wrong with a body by the schema that the document has for it."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    return [it.message for it in jsonschema.Draft202012Validator(schema).iter_errors(instance)]


def test_the_committed_document_is_what_the_operations_say_now() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render(), (
        "run `python -m docs.leagues_api.generate` and commit what it writes"
    )


def test_the_document_is_valid_openapi_3_1(committed: dict[str, Any]) -> None:
    assert [str(it) for it in OpenAPIV31SpecValidator(committed).iter_errors()] == []


def test_every_operation_has_a_name_of_its_own() -> None:
    assert len({it.name for it in OPERATIONS}) == len(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda it: it.name)
def test_an_operation_is_described_where_it_is_asked_for(
    operation: Any, committed: dict[str, Any]
) -> None:
    described = committed["paths"][operation.path][operation.method.lower()]
    assert described["operationId"] == operation.name
    assert described["summary"]
    assert set(described.get("x-roles", [])) == set(
        [] if isinstance(operation, ForAnyone) else operation.roles
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda it: it.name)
def test_an_operation_says_whether_it_needs_a_version(
    operation: Any, committed: dict[str, Any]
) -> None:
    described = committed["paths"][operation.path][operation.method.lower()]
    needed = [it["required"] for it in described.get("parameters", ()) if it["name"] == "If-Match"]
    assert needed == [True] * operation.versioned + [False] * operation.heeds_version


def test_the_template_has_the_routes_of_the_operations_and_no_others() -> None:
    template = yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader)
    events = [it["httpApi"] for it in template["functions"]["serveLeagues"]["events"]]
    routes = [f"{it['method']} {it['path']}" for it in events]
    assert sorted(routes) == sorted(it.route for it in OPERATIONS)


def test_no_route_is_without_an_authorizer() -> None:
    template = yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader)
    events = [it["httpApi"] for it in template["functions"]["serveLeagues"]["events"]]
    assert {it.get("authorizer", {}).get("name") for it in events} == {"people"}


def test_a_body_with_an_unknown_field_does_not_fit_the_document() -> None:
    assert problems({"code": "ABCDEFGHJKLM", "member_name": "Ada"}, "JoinLeague") == []
    assert problems({"code": "ABCDEFGHJKLM", "member_name": "Ada", "role": "x"}, "JoinLeague")
