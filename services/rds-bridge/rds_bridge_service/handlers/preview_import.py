"""What an import of two files would make, and all that is wrong with them; nothing is kept."""

from typing import Any

from rds_bridge_service.logic.roster import preview
from shared.bridge import PreviewImport
from shared.invoke import answer


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer(event, PreviewImport, preview)
