"""Answers to the questionnaires of the samples, a declaration made with them, and rules written and released."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from baohe.flows import underwrite
from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView, RulePage
from tests.sale import steps
from tests.sale.world import Customer

ILLNESS, LIFE, ACCIDENT = "qingcen-critical-illness", "yunshan-term-life", "songtao-accident"
HEALTHY = {
    "height": "168",
    "weight": "60",
    "income": "30",
    "severe": "no",
    "chronic": "none",
    "nodule": "none",
    "family": "no",
    "tobacco": "none",
    "pregnancy": "no",
}
LIFE_ANSWERS = {"severe": "no", "chronic": "none", "tobacco": "none", "declined": "no"}


def told(customer: Customer, insured: PersonView | None = None, **changes: str) -> DeclarationView:
    quote = steps.quoted(customer, insured, ILLNESS)
    return underwrite.declare(customer.id, quote.id, {**HEALTHY, **changes}, health_consent=True)


def codes(found: DeclarationView) -> list[str]:
    return [reason.code for reason in found.reasons]


def rows_fired(found: DeclarationView) -> dict[str, str]:
    return {hit["table"]: hit["row"] for hit in found.decision.detail["fired"]}


def underwriters() -> tuple[UUID, UUID]:
    return tuple(  # type: ignore[return-value]  # two of them
        people.create_staff(name, name, ("underwriter",), "a-long-enough-phrase").id for name in ("ning", "yuan")
    )


def draft_of(author: UUID) -> RulePage:
    [shipped] = [line for line in underwriting.rule_sets() if line.shipped]
    return underwriting.rule_draft(underwriting.start_rules(author, shipped.id, "*", "通用核保规则"))


def changed_build(loading_bp: str) -> tuple[UUID, UUID, RulePage]:
    """A draft whose raised BMI costs `loading_bp`, with the cases that then come out."""
    author, second = underwriters()
    draft = draft_of(author)
    build = next(table for table in draft.tables if table.id == "build")
    rows = [replace(r, says={**r.says, "loading_bp": loading_bp}) if r.id == "raised" else r for r in build.rows]
    underwriting.save_table(author, draft.id, draft.revision, "build", rows)
    draft = underwriting.rule_draft(draft.id)
    cases = [replace(c, loading_bp=c.got_loading_bp or 0) for c in draft.cases]
    underwriting.save_cases(author, draft.id, draft.revision, cases)
    return author, second, underwriting.rule_draft(draft.id)


def release(made: tuple[UUID, UUID, RulePage]) -> UUID:
    author, second, draft = made
    underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "BMI 加费按今年的经验调整")
    return underwriting.release_rules(second, draft.id)
