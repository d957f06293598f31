"""The source files of the repository, and the names that they use."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
SERVICES = {it.parent.name: it.parent for it in sorted(ROOT.glob("services/*/serverless.yml"))}
PACKAGES = {it.name: it for it in sorted(ROOT.glob("services/*/*_service"))}

_OTHERS = {"node_modules", "__pycache__", "dist"}


def sources(folder: Path, suffix: str = ".py") -> list[Path]:
    """The source files below a folder; not through links, so each of them once."""
    found = [it for it in sorted(folder.rglob(f"*{suffix}")) if not _OTHERS & set(it.parts)]
    return [it for it in found if it.resolve() == it]


def relative(paths: Iterator[Path] | list[Path]) -> list[str]:
    return [str(it.relative_to(ROOT)) for it in paths]


def names_in(source: str) -> set[str]:
    """Every imported or used name in full: `from time import time as t; t()` uses `time.time`."""
    tree = ast.parse(source)
    imported = dict(_imports(tree))
    used = {_full_name(it, imported) for it in ast.walk(tree) if isinstance(it, ast.Attribute)}
    return set(imported.values()) | (used - {""})


def names_in_file(path: Path) -> set[str]:
    return names_in(path.read_text(encoding="utf-8"))


def below(names: set[str], *roots: str) -> set[str]:
    """Those of the names that are one of the roots or belong to it."""
    return {it for it in names if any(f"{it}.".startswith(f"{root}.") for root in roots)}


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module imports: the name that it gets here, and its name in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for it in node.names:
                yield it.asname or it.name, it.name
        elif isinstance(node, ast.ImportFrom):
            for it in node.names:
                module = "." * node.level + (node.module or "")
                yield it.asname or it.name, f"{module}.{it.name}"


def _full_name(node: ast.expr, imported: dict[str, str]) -> str:
    """A dotted expression's full name, or nothing if it does not start with an import."""
    if isinstance(node, ast.Name):
        return imported.get(node.id, "")
    if isinstance(node, ast.Attribute):
        start = _full_name(node.value, imported)
        return start and f"{start}.{node.attr}"
    return ""
