"""`calcutta auction`: open an auction, see where it stands, see who owns what."""

from __future__ import annotations

import asyncio

import msgspec
import typer

from calcutta import entry
from calcutta.bridge import Bridge
from calcutta.options import AsEmail, AsJson, AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.results import results_of
from calcutta.text import countdown, dollars
from shared.client import AuctionView, Endpoint, connect
from shared.commands import OpenAuction
from shared.replies import RefusedReply

app = typer.Typer(no_args_is_help=True, help="Run auctions.")


@app.command("open")
def open_(
    ctx: typer.Context,
    auction_id: AuctionId,
    as_email: AsEmail = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Fetch an auction from the database and open it. One that is open stays so."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    token = entry.as_commissioner(here, auction_id, as_email)
    view = asyncio.run(_open(entry.endpoint(here, auction_id, token)))
    output.line(f"{view.title or auction_id} is {view.status}, {len(view.lots)} lots")
    output.result({"auction_id": auction_id, "status": view.status, "lots": len(view.lots)})


async def _open(endpoint: Endpoint) -> AuctionView:
    async with await connect(endpoint) as client:
        answer = await client.send(OpenAuction)
        if isinstance(answer, RefusedReply) and answer.code != "auction_already_open":
            raise Problem(f"it was not opened: {answer.message}")
        return await client.wait_until(
            lambda view: view.status is not None and view.rules is not None, timeout_s=30
        )


@app.command()
def status(
    ctx: typer.Context,
    auction_id: AuctionId,
    as_email: AsEmail = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Where the auction stands now."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    token = entry.as_commissioner(here, auction_id, as_email)
    view, now_ms = asyncio.run(_look(entry.endpoint(here, auction_id, token)))
    _show(view, now_ms, output)
    output.result(view)


async def _look(endpoint: Endpoint) -> tuple[AuctionView, int]:
    async with await connect(endpoint) as client:
        return client.view, client.server_now_ms()


def _show(view: AuctionView, now_ms: int, output: Output) -> None:
    if view.status is None:
        output.line("not opened yet; next: calcutta auction open AUCTION_ID")
        return
    settled = [lot for lot in view.lot_states.values() if lot.status in ("sold", "passed")]
    output.line(f"{view.title}: {view.status}, {len(settled)} of {len(view.lots)} lots settled")
    if view.current is not None:
        output.line(describe_lot(view, now_ms))
    output.table(
        ("member", ">spent", ">left"),
        (
            (
                member.name,
                dollars(view.spent.get(member.number, 0)),
                dollars(view.budget_left_cents(member.number)),
            )
            for member in view.members
        ),
    )
    output.line(f"pool {dollars(view.pool_cents)}, seq {view.seq}")


def describe_lot(view: AuctionView, now_ms: int) -> str:
    """The lot that is up, in one line; empty if none is."""
    if view.current is None:
        return ""
    current = view.current
    lot = view.lot(current.lot_id)
    name = lot.name if lot else current.lot_id
    if current.high_bidder is None or current.high_cents is None:
        bid = "no bid"
    else:
        member = view.member(current.high_bidder)
        bid = f"{dollars(current.high_cents)} by {member.name if member else 'someone'}"
    clock = "paused" if view.status == "paused" else countdown(view.remaining_ms(now_ms) or 0)
    return f"{name}: {bid}, next bid from {dollars(current.minimum_cents)}, {clock}"


@app.command()
def results(
    ctx: typer.Context,
    auction_id: AuctionId,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Who owns what, from the database."""
    output = Output(as_json=as_json)
    found = results_of(Bridge(stage_of(ctx, stage)).list_sales(auction_id))
    for owner in found.owners:
        output.line(f"{owner.name}: natural buy-in {dollars(owner.natural_buy_in_cents)}")
        output.table(
            ("  lot", ">price"),
            ((f"  {lot.lot_name}", dollars(lot.price_cents)) for lot in owner.lots),
        )
    output.line(f"prize pool {dollars(found.prize_pool_cents)}")
    output.result(msgspec.to_builtins(found))
