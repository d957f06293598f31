"""How a league turns results into money: its rules, and what they come to.

Percentages are integer basis points (1 % = 100), amounts integer cents. `docs/settlement.md` has
the arithmetic.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from shared.fields import AmountCents, BalanceCents, Id, MemberNumber, Name

WHOLE_BASIS_POINTS = 10_000
"""All of something: one hundred per cent."""

MAX_PAYOUT_RULES = 50
MAX_TAX_BRACKETS = 20

BasisPoints = Annotated[
    int, Meta(ge=1, le=WHOLE_BASIS_POINTS, description="Hundredths of one per cent.")
]


class TaxBracket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On the part of a natural buy-in from `from_cents` to the next bracket, this much is added."""

    from_cents: BalanceCents
    basis_points: BasisPoints


class PayoutRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a result pays the owner of its slot: either `basis_points` or `fixed_cents`.

    Attributes:
        name: what people call it; unique in the league.
        round: every win in this round is such a result; None: one slot is awarded it by hand.
        basis_points: of the net pool, for each result.
        fixed_cents: for each result.
    """

    name: Name
    round: Name | None = None
    basis_points: BasisPoints | None = None
    fixed_cents: AmountCents | None = None


class Fee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the commissioner keeps of the prize pool: a part of it, a fixed amount, or nothing."""

    basis_points: BasisPoints | None = None
    fixed_cents: AmountCents | None = None


class SettlementRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a league has decided. Without payouts, those that fit its field by default.

    Attributes:
        tax: brackets in ascending order.
        payouts: the percentages of all results of a tournament together are the whole net pool.
    """

    fee: Fee = Fee()
    tax: Annotated[tuple[TaxBracket, ...], Meta(max_length=MAX_TAX_BRACKETS)] = ()
    payouts: Annotated[tuple[PayoutRule, ...], Meta(max_length=MAX_PAYOUT_RULES)] = ()


class ImportResults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Replace all results of an auction's tournament; the same request again changes nothing.

    Attributes:
        results_csv: text with the columns round,winner,winner_score,loser,loser_score.
        awards: team by the name of the payout rule that is awarded by hand; replaces all awards
            of the league, or, as None, leaves them.
    """

    auction_id: Id
    results_csv: str
    awards: dict[str, str] | None = None


class ResultsImported(msgspec.Struct, frozen=True):
    """What there is now: games played, of all the tournament has, and awards made."""

    games: int
    games_in_all: int
    awards: int


class Settle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    auction_id: Id


class Payout(msgspec.Struct, frozen=True):
    """What a member gets by one payout rule, for `results` results."""

    rule: str
    results: int
    amount_cents: int


class Standing(msgspec.Struct, frozen=True):
    """A member's account.

    Attributes:
        returned_cents: the member's part of what nobody is owed.
        payout_cents: the sum of `payouts` and `returned_cents`.
        net_return_cents: payout less total buy-in.
    """

    number: MemberNumber
    name: Name
    natural_buy_in_cents: int
    tax_cents: int
    total_buy_in_cents: int
    payouts: tuple[Payout, ...]
    returned_cents: int
    payout_cents: int
    net_return_cents: int


class RuleTotal(msgspec.Struct, frozen=True):
    """What a payout rule came to: `decided` of its `results` are known; `paid_cents` to members."""

    rule: str
    results: int
    decided: int
    paid_cents: int


class Settlement(msgspec.Struct, frozen=True):
    """Everybody's account, the highest net return first.

    The payouts and the fee are the prize pool, and the net returns sum to minus the fee: to the
    cent, at any time.

    Attributes:
        prize_pool_cents: the sum of all total buy-ins.
        returned_cents: of the payouts, what goes back since nobody is owed it.
        pending: what is still to happen, a sentence each; the settlement is final if it is empty.
    """

    auction_id: Id
    title: str
    prize_pool_cents: int
    fee_cents: int
    returned_cents: int
    standings: tuple[Standing, ...]
    rules: tuple[RuleTotal, ...]
    pending: tuple[str, ...]
