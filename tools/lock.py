"""Pin and hash what the `.in` files ask for: ``python -m tools.lock``.

The services take the versions of `requirements/dev.txt`, so that tests run what is deployed.
Versions that still fit stay as they are; name packages to move them: ``… boto3 pynamodb``.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / "requirements" / "dev.txt"
OPTIONS = (
    *("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
)


def main() -> None:
    moved = [f"--upgrade-package={name}" for name in sys.argv[1:]]
    lock(DEV.with_suffix(".in"), moved)
    for wanted in sorted(ROOT.glob("services/*/requirements.in")):
        lock(wanted, ["--constraint", os.path.relpath(DEV, wanted.parent)])


def lock(wanted: Path, options: list[str]) -> None:
    """Write the lock file beside `wanted`."""
    print(f"locking {wanted.relative_to(ROOT)}", flush=True)
    subprocess.run(
        ["uv", "pip", "compile", *OPTIONS, *options, wanted.name, "-o", f"{wanted.stem}.txt"],
        cwd=wanted.parent,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        check=True,
    )


if __name__ == "__main__":
    main()
