"""The canary's user, its password, the synthetic league that only it is in, and a public room."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec

from calcutta.bridge import Bridge
from calcutta.stages import Stage
from calcutta.users import Users, random_password
from shared.auction import BidRule, LeagueRules
from shared.bridge import ImportLeague, LeagueFiles
from shared.canary import CanaryUser
from shared.errors import NotFound
from shared.invoke import call
from shared.limits import MAX_AMOUNT_CENTS
from shared.lobby import LineOrder, LineReport, OpenLine, ResumeLine, RunLine, ShowLine
from shared.synthetic import CANARY_EMAIL, public_id, synthetic_id

FILES = LeagueFiles(
    teams_csv="region,seed,team,play_in\nCanary,1,Canary,no\n",
    members_csv=f"name,email,role\nCanary,{CANARY_EMAIL},commissioner\n",
)
RULES = LeagueRules(
    bid_rules=(BidRule(from_cents=0, increment_cents=1),),
    # The lot stays up from one check to the next, also if one is missing.
    clock_ms=600_000,
    extension_ms=600_000,
    budget_cents=MAX_AMOUNT_CENTS,
)


class Prepared(msgspec.Struct, frozen=True):
    """Where the canary bids; its password is told to nobody."""

    auction_id: str
    email: str


def prepare(stage: Stage) -> Prepared:
    """Make what is missing, and leave what is there: a check may be under way.

    The league's import id is made of the user's: a new user gets a new league.

    Raises:
        Problem: a stack of the stage is missing.
    """
    user_id = _user_id(stage)
    league = Bridge(stage).import_league(
        ImportLeague(
            import_id=synthetic_id(user_id),
            league_name="Canary",
            tournament_name="Canary",
            files=FILES,
            user_ids={CANARY_EMAIL: user_id},
            rules=RULES,
        )
    )
    _open_line(stage, public_id(league.auction_id))
    known = _kept(stage)
    password = known.password if known and _opens(stage, known) else _new_password(stage)
    now = CanaryUser(CANARY_EMAIL, password, league.auction_id)
    if now != known:
        _keep(stage, now)
    return Prepared(league.auction_id, CANARY_EMAIL)


def _user_id(stage: Stage) -> str:
    """Nobody is to be written to: its address reaches nobody."""
    cognito, pool = stage.client("cognito-idp"), stage.output("identity", "UserPoolId")
    with contextlib.suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=CANARY_EMAIL,
            UserAttributes=[
                {"Name": "email", "Value": CANARY_EMAIL},
                {"Name": "email_verified", "Value": "true"},
            ],
            MessageAction="SUPPRESS",
        )
    return Users(stage).ensure(CANARY_EMAIL)


def _open_line(stage: Stage, auction_id: str) -> None:
    """Of a room where the canary is one of the public. Its doors have always been open: nobody has
    to wait for them."""

    def run(order: LineOrder) -> LineReport:
        arn = stage.output("lobby", "RunLineLiveArn")
        return call(stage.client("lambda"), arn, RunLine(auction_id, order), LineReport)

    try:
        status = run(ShowLine()).serving.status
    except NotFound:
        run(OpenLine(gather_at_ms=0, doors_at_ms=0))
        return
    if status == "closed":
        run(OpenLine())
    if status == "paused":
        run(ResumeLine())


def _opens(stage: Stage, known: CanaryUser) -> bool:
    """Whether the password is still right, asked as the canary itself does."""
    cognito = stage.client("cognito-idp")
    try:
        cognito.initiate_auth(
            ClientId=stage.output("identity", "UserPoolClientId"),
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": known.email, "PASSWORD": known.password},
        )
    except (
        cognito.exceptions.NotAuthorizedException,
        cognito.exceptions.UserNotFoundException,
    ):
        return False
    return True


def _new_password(stage: Stage) -> str:
    password = random_password()
    stage.client("cognito-idp").admin_set_user_password(
        UserPoolId=stage.output("identity", "UserPoolId"),
        Username=CANARY_EMAIL,
        Password=password,
        Permanent=True,
    )
    return password


def _kept(stage: Stage) -> CanaryUser | None:
    ssm = stage.client("ssm")
    try:
        found = ssm.get_parameter(Name=_parameter(stage), WithDecryption=True)
        return msgspec.json.decode(found["Parameter"]["Value"], type=CanaryUser)
    except (ssm.exceptions.ParameterNotFound, msgspec.DecodeError):
        return None


def _keep(stage: Stage, user: CanaryUser) -> None:
    ssm: Any = stage.client("ssm")
    ssm.put_parameter(
        Name=_parameter(stage),
        Description="The canary's user in Cognito; made by calcutta canary prepare.",
        Value=msgspec.json.encode(user).decode(),
        Type="SecureString",
        Overwrite=True,
    )


def _parameter(stage: Stage) -> str:
    return stage.output("canary", "UserParameterName")
