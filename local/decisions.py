"""A record of what the emulator's IAM decided, for tests of what a role needs."""

import functools
import json
from pathlib import Path
from typing import Any

from ministack.core import iam_evaluator


def record(path: Path) -> None:
    """Write a line of JSON for each decision: `principal`, `action`, `resource`, `decision`.

    To be called once, before the emulator serves. Whoever may do everything is not decided about.
    """
    evaluate = iam_evaluator.evaluate
    file = path.open("a", buffering=1)

    @functools.wraps(evaluate)
    def evaluate_and_record(context: Any, *policies: Any) -> Any:
        result = evaluate(context, *policies)
        line = {
            "principal": context.principal_arn,
            "action": context.action,
            "resource": context.resource_arn,
            "decision": result.decision,
        }
        file.write(json.dumps(line) + "\n")
        return result

    iam_evaluator.evaluate = evaluate_and_record
