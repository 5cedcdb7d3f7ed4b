"""先予支付 (INS 25): what of a claim is certain while the rest is still looked into. Pure."""

from __future__ import annotations

from dataclasses import replace

from baohe.rooms.claims.rules.assess import Assessment, Case, assess

_LEAVES_AMOUNT_ALONE = frozenset(
    {
        "within_rules",
        "reported_fact",
        "asked_for_person",
        "needs_a_person_by_rule",
        "over_instant_limit",
        "nothing_payable_by_rules",
        "paid_in_advance",
    }
)
"""Reasons that send a claim to a person without doubting that it is covered, or by how much."""


def certain_fen(case: Case) -> int:
    """What the calculation comes to with those papers alone that nothing is doubted about; 0 where the doubt is about
    the cover itself, or a paper is missing. Never more than the calculation of all papers."""
    clean = tuple(one for one in case.invoices if _certain(_of(case, one)))
    rest = assess(replace(case, invoices=clean, asked_for_person=True))
    whole = assess(replace(case, asked_for_person=True))
    if not _certain(rest) or rest.calculation is None or whole.calculation is None:
        return 0
    return min(rest.calculation.amount_fen, whole.calculation.amount_fen)


def _of(case: Case, invoice: object) -> Assessment:
    return assess(replace(case, invoices=(invoice,), asked_for_person=True))  # type: ignore[arg-type]


def _certain(assessment: Assessment) -> bool:
    return {reason.code for reason in assessment.decision.reasons} <= _LEAVES_AMOUNT_ALONE
