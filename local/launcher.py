"""Start MiniStack in this process, repaired: ``python -m local.launcher``.

It takes MiniStack's own settings from the environment (``GATEWAY_PORT``, ``BIND_HOST``, ...). With
``LOCAL_LAUNCHER_LEASH=FOLDER`` it removes that folder and ends, with its whole process group, when
its standard input closes: that is, when the process that started it is gone. With
``LOCAL_LAUNCHER_DECISIONS=FILE`` it writes there what IAM decided.
"""

import importlib.metadata
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

MINISTACK_VERSION = "1.5.33"


def refuse_other_version(version: str) -> None:
    """Exit unless `version` of MiniStack is the one that the repairs were written for."""
    if version != MINISTACK_VERSION:
        sys.exit(
            f"local.launcher repairs ministack {MINISTACK_VERSION}, found {version}: "
            "read local/repairs.py against it, then move the pin"
        )


def _end_with_parent(scratch: str) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Check the version, repair, serve until a signal."""
    refuse_other_version(importlib.metadata.version("ministack"))
    if scratch := os.environ.pop("LOCAL_LAUNCHER_LEASH", ""):
        threading.Thread(target=_end_with_parent, args=[scratch], daemon=True).start()

    # Read after the check: an unknown version may not even have these modules.
    from ministack.app import main as serve

    from local import decisions, repairs

    repairs.apply()
    if path := os.environ.pop("LOCAL_LAUNCHER_DECISIONS", ""):
        decisions.record(Path(path))
    serve()


if __name__ == "__main__":
    main()
