"""What MiniStack 1.5.33 asks IAM in other words than AWS does, put right. See local/repairs.py."""

import functools
import json
from typing import Any

from ministack.core import iam_actions


def apply() -> None:
    """Repair the imported MiniStack. To be called once, before it serves."""
    name_parameters()
    tell_one_alias_from_all()


def name_parameters() -> None:
    """Check calls about Systems Manager parameters on those they name.

    Upstream checks them on `*`, so a role that is limited to some parameters can read none. Of
    several names the first is checked.
    """
    arn_of = iam_actions.extract_resource_arn

    @functools.wraps(arn_of)
    def parameter_arn_of(
        service: str,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes,
        query_params: dict[str, Any],
        region: str,
        account_id: str,
    ) -> str:
        arn: str = arn_of(service, method, path, headers, body, query_params, region, account_id)
        if service != "ssm" or arn != "*":
            return arn
        asked = json.loads(body or b"{}")
        name = asked.get("Name") or asked.get("Path") or next(iter(asked.get("Names", [])), "")
        if not name:
            return arn
        return f"arn:aws:ssm:{region}:{account_id}:parameter/{name.strip('/')}"

    iam_actions.extract_resource_arn = parameter_arn_of


def tell_one_alias_from_all() -> None:
    """Check `lambda:GetAlias`, `UpdateAlias` and `DeleteAlias` for calls about one alias.

    Upstream asks for `lambda:ListAliases`, whatever is done to it.
    """
    action_of = iam_actions._lambda_action
    of_one = {"GET": "GetAlias", "PUT": "UpdateAlias", "DELETE": "DeleteAlias"}

    def alias_action_of(method: str, path: str) -> str | None:
        parts = [part for part in path.split("/") if part]
        if parts[-2:-1] == ["aliases"] and method in of_one:
            return of_one[method]
        action: str | None = action_of(method, path)
        return action

    iam_actions._lambda_action = alias_action_of
