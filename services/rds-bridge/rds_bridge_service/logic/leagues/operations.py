"""The table of everything that can be asked of a league over HTTP, and by whom.

It is the only place that says so: the routes in `serverless.yml`, the OpenAPI document and the
authority of each call are made from it or compared with it.
"""

from __future__ import annotations

from rds_bridge_service.logic.leagues import field, invites, leagues, members, results, rules
from rds_bridge_service.logic.leagues.operation import (
    COMMISSIONER,
    MANAGERS,
    MEMBERS,
    AnyOperation,
    ForAnyone,
    ForMembers,
)
from shared import leagues as messages
from shared.auction import LeagueRules
from shared.bridge import Sales
from shared.settlement import ResultsImported, Settlement, SettlementRules
from shared.settlement_export import CSV_TYPE, XLSX_TYPE

LEAGUE = "/leagues/{league_id}"
MEMBER = f"{LEAGUE}/members/{{number}}"

OPERATIONS: tuple[AnyOperation, ...] = (
    ForAnyone(
        method="POST",
        path="/leagues",
        takes=messages.CreateLeague,
        gives=messages.League,
        status=201,
        keyed=True,
        run=leagues.create_league,
    ),
    ForAnyone(
        method="GET",
        path="/leagues",
        gives=messages.LeaguesPage,
        paged=True,
        run=leagues.list_leagues,
    ),
    ForAnyone(
        method="POST",
        path="/memberships",
        takes=messages.JoinLeague,
        gives=messages.LeagueMember,
        status=201,
        run=members.join_league,
    ),
    ForAnyone(
        method="POST",
        path="/tournament-previews",
        takes=messages.TournamentFile,
        gives=messages.TournamentPreview,
        run=field.preview_tournament,
    ),
    ForMembers(
        method="GET", path=LEAGUE, gives=messages.League, roles=MEMBERS, run=leagues.read_league
    ),
    ForMembers(
        method="PATCH",
        path=LEAGUE,
        takes=messages.ChangeLeague,
        gives=messages.League,
        changes=True,
        versioned=True,
        roles=MANAGERS,
        run=leagues.change_league,
    ),
    ForMembers(
        method="DELETE",
        path=LEAGUE,
        status=204,
        changes=True,
        versioned=True,
        roles=COMMISSIONER,
        run=leagues.delete_league,
    ),
    ForMembers(
        method="DELETE",
        path=f"{LEAGUE}/membership",
        status=204,
        changes=True,
        roles=MEMBERS,
        run=members.leave_league,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/members",
        gives=messages.MembersPage,
        paged=True,
        roles=MEMBERS,
        run=members.list_members,
    ),
    ForMembers(
        method="GET",
        path=MEMBER,
        gives=messages.LeagueMember,
        roles=MEMBERS,
        run=members.read_member,
    ),
    ForMembers(
        method="DELETE",
        path=MEMBER,
        status=204,
        changes=True,
        roles=MANAGERS,
        run=members.remove_member,
    ),
    ForMembers(
        method="PUT",
        path=f"{MEMBER}/role",
        takes=messages.ChangeRole,
        gives=messages.LeagueMember,
        changes=True,
        versioned=True,
        roles=COMMISSIONER,
        run=members.change_role,
    ),
    ForMembers(
        method="PUT",
        path=f"{MEMBER}/budget",
        takes=messages.ChangeBudget,
        gives=messages.LeagueMember,
        changes=True,
        versioned=True,
        roles=MANAGERS,
        run=members.change_budget,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/invite",
        gives=messages.Invite,
        roles=MANAGERS,
        run=invites.read_invite,
    ),
    ForMembers(
        method="POST",
        path=f"{LEAGUE}/invite",
        gives=messages.Invite,
        changes=True,
        roles=MANAGERS,
        run=invites.renew_invite,
    ),
    ForMembers(
        method="DELETE",
        path=f"{LEAGUE}/invite",
        status=204,
        changes=True,
        roles=MANAGERS,
        run=invites.revoke_invite,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/tournament",
        gives=messages.Tournament,
        roles=MEMBERS,
        run=field.read_tournament,
    ),
    ForMembers(
        method="PUT",
        path=f"{LEAGUE}/tournament",
        takes=messages.TournamentFile,
        gives=messages.Tournament,
        changes=True,
        versioned=True,
        roles=MANAGERS,
        run=field.replace_tournament,
    ),
    ForMembers(
        method="GET", path=f"{LEAGUE}/lots", gives=messages.Lots, roles=MEMBERS, run=field.read_lots
    ),
    ForMembers(
        method="PUT",
        path=f"{LEAGUE}/lots",
        takes=messages.ArrangeLots,
        gives=messages.Lots,
        changes=True,
        versioned=True,
        roles=MANAGERS,
        run=field.arrange_lots,
    ),
    ForMembers(
        method="GET", path=f"{LEAGUE}/rules", gives=LeagueRules, roles=MEMBERS, run=rules.read_rules
    ),
    ForMembers(
        method="PUT",
        path=f"{LEAGUE}/rules",
        takes=LeagueRules,
        gives=LeagueRules,
        changes=True,
        versioned=True,
        roles=MANAGERS,
        run=rules.change_rules,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/settlement-rules",
        gives=SettlementRules,
        roles=MEMBERS,
        run=rules.read_settlement_rules,
    ),
    ForMembers(
        method="PUT",
        path=f"{LEAGUE}/settlement-rules",
        takes=SettlementRules,
        gives=SettlementRules,
        changes=True,
        versioned=True,
        roles=COMMISSIONER,
        run=rules.change_settlement_rules,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/results",
        gives=messages.Results,
        roles=MEMBERS,
        run=results.read_results,
    ),
    ForMembers(
        method="PUT",
        path=f"{LEAGUE}/results",
        takes=messages.ResultsFile,
        gives=ResultsImported,
        changes=True,
        versioned=True,
        roles=MANAGERS,
        run=results.import_results,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/settlement",
        gives=Settlement,
        roles=MEMBERS,
        run=results.settle,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/settlement.csv",
        exports=CSV_TYPE,
        roles=MEMBERS,
        run=results.export_csv,
    ),
    ForMembers(
        method="GET",
        path=f"{LEAGUE}/settlement.xlsx",
        exports=XLSX_TYPE,
        roles=MEMBERS,
        run=results.export_xlsx,
    ),
    ForMembers(
        method="GET", path=f"{LEAGUE}/sales", gives=Sales, roles=MEMBERS, run=results.list_sales
    ),
)

BY_ROUTE = {it.route: it for it in OPERATIONS}
