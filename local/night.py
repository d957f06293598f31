"""A whole auction night on this machine: ``python -m local.night``.

It starts the emulator, deploys every service to it, makes the example league, lets bots play the
auction, prints who owns what, compares ledger, lots and database, and stays up until Ctrl-C.
Each step is a command that a person could type.

Environment:
    PORT: where the emulator listens; a free port by default.
    ONCE: if set, do not stay up: exit 0, or 1 if anything differed.
"""

import json
import os
import signal
import subprocess
import sys
import time

from local.deploy import DeployFailed, deploy
from local.emulator import ROOT, Emulator, EmulatorFailed, running_emulator

EXAMPLE = ROOT / "examples" / "ncaa-mens-2023"
CLOCK, EXTENSION, BUDGET, PACE_S = "2500ms", "1s", "1000.00", "0.3"


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    started = time.monotonic()
    try:
        with running_emulator(_port()) as emulator:
            say(f"emulator at {emulator.endpoint}")
            seconds = deploy(emulator.endpoint, on_line=_show_step, database_url=database(emulator))
            say(f"deployed in {seconds:.0f} s")
            auction_id = make_league(emulator)
            say(f"league ready {time.monotonic() - started:.0f} s after the start")
            equal = play(emulator, auction_id)
            if not os.environ.get("ONCE"):
                stay(emulator, auction_id)
    except KeyboardInterrupt:
        say("stopped")
    except (DeployFailed, EmulatorFailed) as failure:
        sys.exit(f"the night could not begin: {failure}")
    except subprocess.CalledProcessError as failure:
        sys.exit(f"the night ended early: {' '.join(failure.cmd[2:])} failed, see above")
    else:
        sys.exit(0 if equal else 1)


def make_league(emulator: Emulator) -> str:
    """Make the tables and the example league; its auction's id."""
    calcutta(emulator, "database", "migrate")
    made = calcutta(
        emulator,
        *("league", "create", "--json", "--name", "Example league"),
        *("--tournament", "NCAA men's basketball 2023", "--bundle-seed", "16"),
        *("--teams", str(EXAMPLE / "teams.csv"), "--members", str(EXAMPLE / "members.csv")),
        *("--clock", CLOCK, "--extension", EXTENSION, "--budget", BUDGET),
        capture=True,
    )
    auction_id: str = json.loads(made.stdout)["auction_id"]
    return auction_id


def play(emulator: Emulator, auction_id: str) -> bool:
    """Let the bots play the whole auction; whether ledger, lots and database agree after it."""
    calcutta(emulator, "bots", auction_id, "--auctioneer", "--pace", PACE_S)
    calcutta(emulator, "auction", "results", auction_id)
    reconciled = calcutta(emulator, "sync", "reconcile", auction_id, check=False)
    return reconciled.returncode == 0


def stay(emulator: Emulator, auction_id: str) -> None:
    """Keep the system up, and tell how to use it, until Ctrl-C."""
    say("the system stays up; Ctrl-C ends it. In another terminal:")
    say(f"  export AWS_ENDPOINT_URL={emulator.endpoint} AWS_REGION=us-east-1 \\")
    say("         AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test")
    say(f"  .venv/bin/calcutta auction status {auction_id}")
    signal.pause()


def calcutta(
    emulator: Emulator, *arguments: str, capture: bool = False, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a `calcutta` command against the emulator."""
    if not capture:
        say(f"calcutta {' '.join(arguments)}")
    return subprocess.run(
        [sys.executable, "-m", "calcutta", *arguments],
        env=client_environment(emulator),
        stdout=subprocess.PIPE if capture else None,
        text=True,
        check=check,
    )


def client_environment(emulator: Emulator) -> dict[str, str]:
    """The environment of a command that talks to the emulator."""
    return os.environ | {
        "AWS_ENDPOINT_URL": emulator.endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def database(emulator: Emulator) -> str:
    """The night's database: a file that goes with the emulator."""
    return f"sqlite:///{emulator.log_path.parent / 'league.sqlite3'}"


def say(line: str) -> None:
    print(f"▸ {line}", flush=True)


def _show_step(line: str) -> None:
    if "✔" in line or "error" in line.lower():
        say(line.strip())


def _port() -> int | None:
    port = os.environ.get("PORT")
    return int(port) if port else None


if __name__ == "__main__":
    main()
