import pytest

from shared.tracing import add_to_trace, trace_header

ROOT, PARENT = "1-67891233-abcdef012345678912345678", "53995c3f42cd8ad8"


@pytest.mark.parametrize("extra", ["", ";Lineage=1:a87bd80c:0"])
def test_the_trace_of_an_invocation_is_handed_on(
    extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACING", "on")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", f"Root={ROOT};Parent={PARENT};Sampled=1{extra}")
    assert trace_header() == f"Root={ROOT};Sampled=1"


@pytest.mark.parametrize(
    ("tracing", "header"),
    [
        ("off", f"Root={ROOT};Parent={PARENT};Sampled=1"),
        ("on", f"Root={ROOT};Parent={PARENT};Sampled=0"),
        ("on", f"Root={ROOT}"),
        ("on", "Sampled=1"),
        ("on", ";;="),
        ("on", ""),
    ],
)
def test_what_is_not_recorded_has_no_trace(
    tracing: str, header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACING", tracing)
    monkeypatch.setenv("_X_AMZN_TRACE_ID", header)
    assert trace_header() is None


def test_nothing_is_added_without_a_trace_or_with_tracing_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "aws_xray_sdk.core", None)
    monkeypatch.setenv("TRACING", "on")
    add_to_trace(None, "apply", 0, {})
    monkeypatch.setenv("TRACING", "off")
    add_to_trace(f"Root={ROOT};Parent={PARENT};Sampled=1", "apply", 0, {})
