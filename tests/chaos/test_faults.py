"""Every fault of docs/reliability.md, with few of everything: `make chaos` has the figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chaos.faults import FAULTS

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", [it.name for it in FAULTS])
def test_what_must_hold_holds(name: str) -> None:
    """In a process of its own, since a fault changes the environment, and kills."""
    done = subprocess.run(
        [sys.executable, "-m", "chaos", "--small", name],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if "is not installed" in done.stderr:
        pytest.skip("a program is not installed here; .ci/run has them all")
    assert done.returncode == 0, done.stdout + done.stderr
