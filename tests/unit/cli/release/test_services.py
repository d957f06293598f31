from __future__ import annotations

import yaml

from calcutta.release.adapters.deployed import SERVICES
from local.emulator import ROOT


def test_a_release_is_of_every_service_that_is_deployed() -> None:
    compose = yaml.safe_load((ROOT / "serverless-compose.yml").read_text(encoding="utf-8"))
    assert set(SERVICES) == set(compose["services"])
