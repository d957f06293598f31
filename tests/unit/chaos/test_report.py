"""The page says what was measured, of every fault."""

from __future__ import annotations

from chaos.faults import FAULTS
from chaos.report import PAGE, Row, page, read_rows


def test_the_page_is_what_was_measured() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read_rows())


def test_every_fault_was_measured() -> None:
    assert read_rows().keys() == {fault.name for fault in FAULTS}


def test_what_did_not_hold_is_said() -> None:
    fault = FAULTS[0]
    row = Row(fault.name, False, ["9 of 10"], ["1 lost"], 3, "2026-11-21")
    assert f"| {fault.must_hold} | **no** | 9 of 10<br>**1 lost** |" in page({fault.name: row})
    assert "not measured" in page({})


def test_the_names_of_faults_are_one_each() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
