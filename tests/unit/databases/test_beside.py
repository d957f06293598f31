from __future__ import annotations

from pathlib import Path

import pytest

import tests.databases.__main__ as beside


def test_nothing_is_run_without_chromium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(beside, "install_missing", lambda _more: None)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "chromium"))
    assert beside.main(["touch", str(tmp_path / "ran")]) == 1
    assert list(tmp_path.iterdir()) == []
    assert "Chromium is missing" in capsys.readouterr().err
