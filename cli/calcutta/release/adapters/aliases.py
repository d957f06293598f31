"""The aliases `live`, in Lambda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calcutta.problems import Problem
from calcutta.release.logic.routing import Alias, Routing
from calcutta.release.parallel import all_of
from calcutta.release.ports import AliasMoved


class LambdaAliases:
    """
    Args:
        arns: of the aliases, by key.
    """

    def __init__(self, client: Any, arns: Mapping[str, str]) -> None:
        self._client = client
        self._arns = arns

    def keys(self) -> frozenset[str]:
        return frozenset(self._arns)

    def read(self, keys: Iterable[str]) -> dict[str, Alias]:
        return all_of(self._read, keys)

    def _read(self, key: str) -> Alias:
        try:
            return _alias(self._client.get_alias(**self._alias_of(key)))
        except self._client.exceptions.ResourceNotFoundException:
            alias = self._alias_of(key)
            raise Problem(
                f"somebody removed the alias {alias['Name']} of {key}: put it back (aws lambda "
                f"create-alias --function-name {alias['FunctionName']} --name {alias['Name']} "
                "--function-version N; N is in calcutta release show)"
            ) from None

    def codes(self, versions: Mapping[str, str]) -> dict[str, str]:
        found = all_of(
            lambda key: self._code(key, versions[key]), versions.keys() & self._arns.keys()
        )
        return {key: code for key, code in found.items() if code is not None}

    def _code(self, key: str, version: str) -> str | None:
        try:
            found = self._client.get_function_configuration(
                FunctionName=self._function_of(key), Qualifier=version
            )
        except self._client.exceptions.ResourceNotFoundException:
            return None
        return str(found["CodeSha256"])

    def move(self, key: str, routing: Routing, revision_id: str) -> Alias:
        try:
            moved = self._client.update_alias(
                **self._alias_of(key),
                FunctionVersion=routing.version,
                RoutingConfig={"AdditionalVersionWeights": dict(routing.shares)},
                RevisionId=revision_id,
            )
        except self._client.exceptions.PreconditionFailedException:
            raise AliasMoved(key) from None
        return _alias(moved)

    def published(self, key: str) -> list[str]:
        return published_versions(self._client, self._function_of(key))

    def delete(self, key: str, version: str) -> None:
        exceptions = self._client.exceptions
        try:
            self._client.delete_function(FunctionName=self._function_of(key), Qualifier=version)
        # it is gone already, or an alias of somebody else's needs it
        except (exceptions.ResourceNotFoundException, exceptions.ResourceConflictException):
            return

    def _alias_of(self, key: str) -> dict[str, str]:
        return {"FunctionName": self._function_of(key), "Name": self._arns[key].split(":")[-1]}

    def _function_of(self, key: str) -> str:
        return function_arn(self._arns[key])


def function_arn(alias_arn: str) -> str:
    """The ARN of the function that an alias or a version belongs to."""
    return alias_arn.rpartition(":")[0]


def published_versions(client: Any, function: str) -> list[str]:
    """The numbers of a function's versions, as Lambda lists them."""
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    versions = [version["Version"] for page in pages for version in page["Versions"]]
    return [version for version in versions if version != "$LATEST"]


def _alias(answer: Mapping[str, Any]) -> Alias:
    shares = (answer.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
    return Alias(Routing(answer["FunctionVersion"], shares), answer["RevisionId"])
