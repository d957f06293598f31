"""What is of one database only is as little as the README says."""

import ast
import io
import re
import tokenize
from pathlib import Path

from rds_bridge_service.adapters import servers

FOLDER = Path(servers.__path__[0])
README = FOLDER.parents[2] / "README.md"
NO_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
}


def lines_of(name: str) -> int:
    """How many lines of a file have code on them, neither comments nor docstrings."""
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    lines: set[int] = set()
    for it in tokenize.generate_tokens(io.StringIO(text).readline):
        if it.type not in NO_CODE:
            lines.update(range(it.start[0], it.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines.difference_update(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(lines)


def test_the_lines_to_connect_are_those_that_the_readme_counts() -> None:
    [row] = re.findall(
        r"^\| lines to connect .*$", README.read_text(encoding="utf-8"), re.MULTILINE
    )
    counted = [int(it) for it in re.findall(r"\b\d+\b", row)]
    sql_server, certificates = lines_of("sql_server"), lines_of("freetds")
    others = [lines_of(it) for it in ("postgresql", "mysql", "sqlite")]
    assert counted == [sql_server + certificates, certificates, *others]
