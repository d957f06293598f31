"""The policies of the pipeline's templates, evaluated by the emulator's own IAM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

ROOT = Path(__file__).parents[2]
ACCOUNT, REGION = "123456789012", "us-east-1"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:league-a1b2c3"

_NAMES = re.compile(r"\$\{([\w:.]+)\}")


class _Loader(yaml.SafeLoader):
    pass


def _intrinsic(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    match node:
        case yaml.ScalarNode():
            value: Any = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case yaml.MappingNode():
            value = loader.construct_mapping(node, deep=True)
        case _:
            raise TypeError(f"no such node: {node}")
    return {suffix: value}


_Loader.add_multi_constructor("!", _intrinsic)


def template(name: str) -> dict[str, Any]:
    """A template of the folder `pipeline`, with intrinsic functions as `{"Sub": …}`."""
    loaded: dict[str, Any] = yaml.load(
        (ROOT / "pipeline" / f"{name}.yml").read_text(),
        Loader=_Loader,
    )
    return loaded


def statements(name: str, stage: str, *resources: str, **parameters: str) -> list[dict[str, Any]]:
    """Statements of a template's policies, resolved for a stage.

    Args:
        resources: logical ids of policies; all of the template's if there are none.
    """
    values = {
        "Stage": stage,
        "AWS::Partition": "aws",
        "AWS::Region": REGION,
        "AWS::AccountId": ACCOUNT,
        "DatabaseSecretArn": SECRET,
        "Artifacts.Arn": f"arn:aws:s3:::calcutta-{stage}-artifacts-{ACCOUNT}",
        **parameters,
    }
    found = template(name)["Resources"]
    return [
        resolved(statement, values)
        for logical_id, resource in found.items()
        if "PolicyDocument" in resource["Properties"] and (not resources or logical_id in resources)
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]
    ]


def resolved(node: Any, values: Mapping[str, str]) -> Any:
    match node:
        case {"Sub": str(text)}:
            return _NAMES.sub(lambda found: values[found[1]], text)
        case {"GetAtt": str(name)} | {"Ref": str(name)}:
            return values[name]
        case dict():
            return {key: resolved(it, values) for key, it in node.items()}
        case list():
            return [resolved(it, values) for it in node]
    return node


def actions(allowed: list[dict[str, Any]]) -> set[str]:
    return {action for it in allowed for action in listed(it["Action"])}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def allows(allowed: list[dict[str, Any]], action: str, resource: str, **keys: str | None) -> bool:
    """Whether statements allow an action on a resource.

    Args:
        keys: condition keys; `iam__PassedToService` stands for `iam:PassedToService`.
    """
    context = EvalContext(
        principal_arn=f"arn:aws:sts::{ACCOUNT}:assumed-role/pipeline/test",
        principal_type="AssumedRole",
        principal_account=ACCOUNT,
        action=action,
        resource_arn=resource,
        region=REGION,
        service_context={name.replace("__", ":").lower(): it for name, it in keys.items()},
    )
    policy = parse_policy_document({"Version": "2012-10-17", "Statement": allowed})
    return bool(evaluate(context, [policy]).decision == "Allow")


def wide(allowed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Statements on every resource without a condition."""
    for it in allowed:
        if "*" in listed(it["Resource"]) and "Condition" not in it:
            yield it
