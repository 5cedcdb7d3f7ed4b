"""批改: lower the sum insured of a policy in force, for the amount the customer saw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.dates import Period
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import Inputs, ProductVersion
from baohe.rooms.policies.contracts import EndorsedView, LowerChoice, Terms
from baohe.rooms.policies.errors import EndorsementChanged, EndorsementNotPossible, SumNotOffered
from baohe.rooms.policies.locks import policy_for_update
from baohe.rooms.policies.models import Endorsement, Policy
from baohe.rooms.policies.queries import owned
from baohe.rooms.policies.rules.endorsing import (
    Change,
    Standing,
    given_back_fen,
    lines_of,
    refuse_endorsing,
    sums_to_choose,
    valid_from,
)
from baohe.rooms.policies.rules.sums import death_cover_fen, sum_insured_in_words
from baohe.rooms.policies.shapes import endorsement_view, endorsements_of, policy_view, terms_of
from baohe.rooms.rating import facade as rating

REDUCE_COVER = "reduce_cover"


def lower_choices(account_id: UUID, policy_id: UUID, claim: str = "", refunding: bool = False) -> list[LowerChoice]:
    """Every lower sum insured that the filed version prices for this insured, the highest first, each with what
    choosing it today gives back and why. `claim` is "", "open" or "agreed"; `refunding`: an earlier refund is on its
    way. Raises `EndorsementNotPossible` with the reason, `NotFound`."""
    return list(_choices(owned(account_id, policy_id), claim, refunding))


def reduce_cover(
    account_id: UUID,
    policy_id: UUID,
    value: str,
    expected_refund_fen: int,
    claim: str = "",
    refunding: bool = False,
) -> EndorsedView:
    """Lower the sum to `value` (a value of the version's sum-insured input), recorded now, valid from the next midnight
    in Shanghai. In the caller's transaction, under the policy's row lock. Asked twice, the second finds the sum as low
    as it asks for, and refuses.

    Raises `EndorsementChanged` when today's amount differs from what the customer saw, `SumNotOffered`,
    `EndorsementNotPossible`, `NotFound`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an endorsement belongs in the transaction of its refund")
    row = policy_for_update(account_id, policy_id)
    chosen = next((one for one in _choices(row, claim, refunding) if one.value == value), None)
    if chosen is None:
        raise SumNotOffered()
    if chosen.refund_fen != expected_refund_fen:
        raise EndorsementChanged(refund=yuan(chosen.refund_fen), refund_fen=chosen.refund_fen)
    written = _write(row, chosen)
    row.refresh_from_db()
    return EndorsedView(policy_view(row, clock.today()), endorsement_view(written))


def _choices(row: Policy, claim: str, refunding: bool) -> Iterator[LowerChoice]:
    version, today, terms = catalog.version(row.version_id), clock.today(), terms_of(row)
    view = policy_view(row, today)
    refuse_endorsing(
        Standing(
            state=view.state,
            by_partner=row.partner_id is not None,
            period_kind=version.period_kind,
            unpaid=bool(view.unpaid),
            claim=claim,
            refunding=refunding,
        )
    )
    if _priced(version, terms.inputs, row) != (terms.premium_fen, terms.total_fen):
        raise EndorsementNotPossible(
            reason_zh="的保费不是按本人单独计算的，减少保额请联系客服",
            reason_en="was not priced for this person alone; ask our staff to lower its sum",
        )
    found = [
        choice for value in sums_to_choose(version) if (choice := _lower(version, row, terms, value, today)) is not None
    ]
    if not found:
        raise EndorsementNotPossible(
            reason_zh="没有可以减到的更低保额", reason_en="has no lower sum insured that gives premium back"
        )
    yield from sorted(found, key=lambda one: one.sum_insured_fen, reverse=True)


def _lower(version: ProductVersion, row: Policy, terms: Terms, value: str, today: date) -> LowerChoice | None:
    """None for a sum that is not lower, is not priced for this insured, or gives nothing back."""
    inputs = {**terms.inputs, version.sum_insured.input: value}
    sum_fen = version.sum_insured.fen(inputs)
    if sum_fen >= terms.sum_insured_fen:
        return None
    try:
        premium_fen, total_fen = _priced(version, inputs, row)
    except InvalidInput:
        return None
    change = Change(
        period=Period(row.start, row.end),
        before_fen=terms.total_fen,
        after_fen=total_fen,
        expense_bp=version.expense_loading_bp,
        cooling_off_ends=row.cooling_off_ends,
    )
    refund_fen = given_back_fen(change, today) if total_fen < terms.total_fen else 0
    if refund_fen <= 0:
        return None
    return LowerChoice(
        value=value,
        sum_insured_fen=sum_fen,
        sum_insured=sum_insured_in_words(sum_fen),
        premium_fen=premium_fen,
        refund_fen=refund_fen,
        valid_from=valid_from(today),
        lines=lines_of(change, today),
    )


def _priced(version: ProductVersion, inputs: Inputs, row: Policy) -> tuple[int, int]:
    """Premium and the sum of its instalments, with the loading of the sale. Raises `InvalidInput`."""
    premium_fen = rating.rater(version).premium(inputs)
    loaded = rating.load(version, inputs, premium_fen, row.loading_bp)
    plan = next((plan for plan in loaded.instalments if plan.code == row.instalment), None)
    return loaded.premium_fen, plan.total_fen if plan is not None else loaded.premium_fen


def _write(row: Policy, chosen: LowerChoice) -> Endorsement:
    version, before = catalog.version(row.version_id), terms_of(row)
    inputs = {**before.inputs, version.sum_insured.input: chosen.value}
    return Endorsement.objects.create(
        id=clock.new_id(),
        policy=row,
        shard_key=row.shard_key,
        number=len(endorsements_of(row)) + 1,
        kind=REDUCE_COVER,
        valid_from=chosen.valid_from,
        recorded_at=clock.now(),
        inputs_before=dict(before.inputs),
        inputs_after=inputs,
        sum_before_fen=before.sum_insured_fen,
        sum_after_fen=chosen.sum_insured_fen,
        premium_before_fen=before.premium_fen,
        premium_after_fen=chosen.premium_fen,
        total_before_fen=before.total_fen,
        total_after_fen=_priced(version, inputs, row)[1],
        death_cover_after_fen=min(death_cover_fen(version, inputs), row.death_cover_fen),
        refund_fen=chosen.refund_fen,
        calculation=[{"zh": one.label.zh, "en": one.label.en, "amount_fen": one.amount_fen} for one in chosen.lines],
    )
