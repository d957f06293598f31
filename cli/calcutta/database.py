"""`calcutta database`: the relational database's schema."""

from __future__ import annotations

import typer

from calcutta.bridge import Bridge
from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output

app = typer.Typer(no_args_is_help=True, help="Keep the database's schema.")


@app.callback()
def database() -> None:
    """Keep the database's schema."""


@app.command()
def migrate(ctx: typer.Context, stage: StageName = "local", as_json: AsJson = False) -> None:
    """Bring the schema to the revision of the deployed code; safe to repeat."""
    output = Output(as_json=as_json)
    migrated = Bridge(stage_of(ctx, stage)).migrate()
    output.line(f"the schema is at revision {migrated.revision}")
    output.result(migrated)
