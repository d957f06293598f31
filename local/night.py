"""A whole auction night on this machine: ``python -m local.night``.

It starts the emulator, deploys every service to it, makes the example league, lets bots play the
auction, prints who owns what, and compares ledger, lots and database. Then it makes a second
league, prints where people enter its auction, and stays up, with bots waiting in it, until Ctrl-C.
Each step is a command that a person could type.

Environment:
    PORT: where the emulator listens; a free port by default.
    ONCE: if set, do not stay up: exit 0, or 1 if anything differed.
"""

import functools
import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import boto3

from calcutta.entry import PASSWORD as PASSWORD_NAME
from calcutta.stages import Stage
from calcutta.users import Users
from local.deploy import DeployFailed, deploy
from local.emulator import ROOT, Emulator, EmulatorFailed, running_emulator

EXAMPLE = ROOT / "examples" / "ncaa-mens-2023"
CLOCK, EXTENSION, BUDGET, PACE_S = "2500ms", "1s", "1000.00", "0.3"
PEOPLES_CLOCK, PEOPLES_EXTENSION, PEOPLES_PACE_S = "20s", "8s", "2.5"
PASSWORD = "Calcutta-2023"  # noqa: S105 - of the emulator, which nobody else can reach
"""Every user's."""

PEOPLE = {
    "commissioner@example.com": "commissioner",
    "bidder01@example.com": "bidder",
    "spectator@example.com": "spectator",
}
"""Who may sign in, and their roles: some of the example's members."""
PERSON = "Bidder 01"


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    started = time.monotonic()
    try:
        with running_emulator(_port()) as emulator:
            say(f"emulator at {emulator.endpoint}")
            seconds = deploy(emulator.endpoint, on_line=_show_step, database_url=database(emulator))
            say(f"deployed in {seconds:.0f} s")
            prepare(emulator)
            auction_id = make_league(emulator, "Example league", CLOCK, EXTENSION)
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


def prepare(emulator: Emulator) -> None:
    """Make the tables, and see a bid come through."""
    calcutta(emulator, "database", "migrate")
    calcutta(emulator, "canary", "prepare")
    calcutta(emulator, "canary")


def make_league(emulator: Emulator, name: str, clock: str, extension: str) -> str:
    """Make a league of the example's field and members; its auction's id."""
    made = calcutta(
        emulator,
        *("league", "create", "--json", "--name", name),
        *("--tournament", "NCAA men's basketball 2023", "--bundle-seed", "16"),
        *("--teams", str(EXAMPLE / "teams.csv"), "--members", str(EXAMPLE / "members.csv")),
        *("--clock", clock, "--extension", extension, "--budget", BUDGET),
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
    """Keep the system up, with a second auction for people, until Ctrl-C."""
    say("calcutta league create …, a second league whose auction you open yourself")
    yours = make_league(emulator, "Your league", PEOPLES_CLOCK, PEOPLES_EXTENSION)
    bots = ("bots", yours, "--pace", PEOPLES_PACE_S, "--leave-out", PERSON, "--json")
    with subprocess.Popen(
        [sys.executable, "-m", "calcutta", *bots],
        env=client_environment(emulator),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as playing:
        try:
            invite(Stage("local", functools.partial(_client, emulator)))
            say_how_to_look(emulator, auction_id)
            signal.pause()
        finally:
            playing.terminate()


def invite(stage: Stage) -> None:
    """Give people their passwords, and say where the page is."""
    users = Users(stage)
    for email in PEOPLE:
        users.set_password(email, PASSWORD)
    say("")
    say(f"open {stage.output('web', 'PageUrl')} and sign in, with the password {PASSWORD}, as")
    for email, role in PEOPLE.items():
        say(f"  {email:<26}{role}")
    say('enter "Your league": the commissioner opens the auction and puts lots up, bots bid')
    say("")


def say_how_to_look(emulator: Emulator, auction_id: str) -> None:
    say("the system stays up; Ctrl-C ends it. In another terminal:")
    say(f"  export AWS_ENDPOINT_URL={emulator.endpoint} AWS_REGION=us-east-1 \\")
    say(f"         AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test {PASSWORD_NAME}={PASSWORD}")
    say(f"  .venv/bin/calcutta auction status {auction_id}")


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
        PASSWORD_NAME: PASSWORD,
    }


def database(emulator: Emulator) -> str:
    """The night's database: a file that goes with the emulator."""
    return f"sqlite:///{emulator.log_path.parent / 'league.sqlite3'}"


def say(line: str) -> None:
    print(f"▸ {line}", flush=True)


def _client(emulator: Emulator, service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=emulator.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator takes any
    )


def _show_step(line: str) -> None:
    if "✔" in line or "error" in line.lower():
        say(line.strip())


def _port() -> int | None:
    port = os.environ.get("PORT")
    return int(port) if port else None


if __name__ == "__main__":
    main()
