"""A proposal as the phone shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from baohe.faces.shop import adviser, shapes
from baohe.faces.shop.schemas import sale
from baohe.flows import policy_papers, readiness, suitable
from baohe.flows.proposal_paper import named_thing
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.catalog import contracts as catalog_contracts
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import contracts as policies
from baohe.rooms.policies.facade import death_cover_fen


def proposal(value: policies.ProposalView) -> sale.Proposal:
    version = catalog.version(value.version_id)
    return sale.Proposal(
        id=str(value.id),
        product=value.product_code,
        version=version.version,
        product_name=shapes.text(version.name),
        insurer_name=shapes.text(version.insurer.name),
        insured_id=str(value.person_id),
        insured_name=value.insured_name,
        beneficiaries=beneficiaries(value.beneficiaries),
        start=value.start,
        end=value.end,
        last_day=value.end - timedelta(days=1),
        waiting_ends=value.waiting_ends,
        cooling_off_ends=value.cooling_off_ends,
        premium_fen=value.premium_fen,
        sum_insured=shapes.text(value.sum_insured),
        instalment=shapes.instalments([value.instalment])[0],
        instalments=shapes.instalments(value.instalments),
        due_today_fen=value.due_today_fen,
        due_later=[sale.Due(on=due.on, amount_fen=due.amount_fen) for due in value.due_later],
        state=value.state,
        papers=[_paper(paper) for paper in value.papers],
        signed_at=value.signed_at,
        policy_id=None if value.policy_id is None else str(value.policy_id),
        payment_id=None if value.payment_id is None else str(value.payment_id),
        valid_until=value.valid_until,
        insured_object=insured_object(version, value.insured_object),
        covers_death=death_cover_fen(version, value.inputs) > 0,
        adviser=adviser.of_proposal(value.id),
        carriers=shapes.carriers(version),
        needs=[_need(need) for need in readiness.needs(value)],
        offer_large_type=suitable.offers_large_type(value),
        declaration_url=_declaration_url(value),
        in_basket=value.state != "issued" and baskets.holds(value.account_id, value.quote_id),
    )


def _declaration_url(value: policies.ProposalView) -> str | None:
    if policy_papers.declaration_of(value) is None:
        return None
    return f"/api/shop/v1/proposals/{value.id}/health-declaration.pdf"


def beneficiaries(items: Iterable[policies.Beneficiary]) -> list[sale.Beneficiary]:
    return [
        sale.Beneficiary(
            person_id=str(item.person_id),
            name=item.name,
            relation=item.relation,
            rank=item.rank,
            share_percent=item.share_percent,
        )
        for item in items
    ]


def insured_object(
    version: catalog_contracts.ProductVersion, things: Sequence[policies.ObjectLine]
) -> list[sale.InsuredFieldValue]:
    return [
        sale.InsuredFieldValue(code=field.code, name=shapes.text(field.name), value=answer)
        for field, answer in named_thing(version, things)
    ]


def choices(items: Iterable[sale.BeneficiaryIn]) -> list[policies.BeneficiaryChoice]:
    """Raises `InvalidInput` naming the item."""
    return [
        policies.BeneficiaryChoice(
            person_id=shapes.identifier(f"beneficiaries.{index}.person_id", item.person_id),
            rank=item.rank,
            share_percent=item.share_percent,
        )
        for index, item in enumerate(items)
    ]


def _paper(paper: policies.PaperView) -> sale.PaperState:
    return sale.PaperState(
        code=paper.code,
        title=shapes.text(paper.title),
        digest=paper.digest,
        confirmed_at=paper.confirmed_at,
        needed=paper.needed,
        text=[shapes.text(line) for line in paper.text],
    )


def _need(need: readiness.Need) -> sale.Need:
    return sale.Need(
        code=need.code,
        title=shapes.text(need.title),
        detail=shapes.text(need.detail),
        done=need.done,
        before=need.before,
        path=need.path,
    )
