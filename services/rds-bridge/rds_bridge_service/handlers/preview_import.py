"""What an import of two files would make, and all that is wrong with them; nothing is kept."""

from typing import Any

from rds_bridge_service.logic.importing import check_terms
from rds_bridge_service.logic.roster import preview
from shared.bridge import ImportPreview, PreviewImport
from shared.invoke import answer


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    def serve(request: PreviewImport) -> ImportPreview:
        check_terms(request)
        return preview(request)

    return answer(event, PreviewImport, serve)
