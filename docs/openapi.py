"""What the OpenAPI descriptions of all HTTP APIs have in common."""

from __future__ import annotations

from typing import Any

Section = dict[str, Any]

SCHEMAS = "#/components/schemas/{name}"
"""Where a document has a schema, as msgspec wants to be told."""

ID_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An ID token of the stage's Cognito user pool.",
}


def described(
    title: str, about: str, *, address: str, paths: Section, components: Section
) -> Section:
    """An OpenAPI 3.1 document.

    Args:
        address: which output of which stack is the API's address in a stage.
        components: all but the security scheme `idToken`, which operations need if
            they do not say otherwise.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1.0.0",
            "description": about,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [
            {
                "url": "https://{api}.execute-api.{region}.amazonaws.com",
                "description": f"A stage in AWS: {address}.",
                "variables": {
                    "api": {"default": "api", "description": "The id of the HTTP API."},
                    "region": {"default": "us-east-1"},
                },
            }
        ],
        "security": [{"idToken": []}],
        "paths": paths,
        "components": {"securitySchemes": {"idToken": ID_TOKEN}, **components},
    }


def reference(schema: str) -> Section:
    return {"$ref": SCHEMAS.format(name=schema)}
