"""The paper the customer signs, put together from what four rooms know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.kernel.money import percent, yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import InsuredField, ProductVersion
from baohe.rooms.documents.contracts import (
    BeneficiaryLine,
    ClauseSection,
    CoverageLine,
    Insurer,
    Party,
    PaymentPlan,
    ProposalDocument,
)
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ObjectLine, ProposalView

STATEMENTS = (
    Text(
        "本人是投保人，由本人支付保费，所填内容真实、完整。",
        "I am the policyholder and pay the premium myself; what I stated is true and complete.",
    ),
    Text(
        "本人已阅读保险条款和不保的情况，并得到了清楚的说明。",
        "I have read the policy wording and what is not covered, and both were explained plainly.",
    ),
)


def proposal_document(proposal: ProposalView) -> ProposalDocument:
    """Everything the signature binds. It lists every way to pay, so choosing one later leaves it unchanged."""
    version = catalog.version(proposal.version_id)
    holder = policies.policyholder(proposal.account_id)
    return ProposalDocument(
        proposal_id=proposal.id,
        insurer=_insurer(version),
        product_name=version.name,
        clause_name=version.clause_name,
        filing_number=version.filing_number,
        version_id=version.id,
        version_hash=version.content_hash,
        policyholder=Party(holder.name, holder.identity_masked, birth=holder.birth, sex=holder.sex),
        insured=Party(
            proposal.insured_name,
            proposal.identity_masked,
            birth=proposal.insured_birth,
            sex=proposal.insured_sex,
        ),
        beneficiaries=tuple(
            BeneficiaryLine(item.name, item.relation, item.rank, item.share_percent) for item in proposal.beneficiaries
        ),
        start=proposal.start,
        end=proposal.end,
        sum_insured=proposal.sum_insured.zh,
        coverages=tuple(
            CoverageLine(item.name.zh, item.detail.zh, item.limit.zh, item.clause)
            for item in version.coverages_of(proposal.inputs)
        ),
        premium_fen=proposal.premium_fen,
        payment=_ways_to_pay(proposal),
        special_exclusions=tuple(text.zh for text in proposal.special_exclusions),
        cooling_off_days=version.cooling_off_days,
        waiting_days=version.waiting_days,
        clauses=tuple(ClauseSection(part.number, part.title, part.body, part.exclusion) for part in version.clauses),
        statements=tuple(text.zh for text in STATEMENTS),
        conditions=conditions(version, proposal.inputs),
        sample=version.sample,
        insured_object=insured_thing(version, proposal.insured_object),
        covers_death=policies.death_cover_fen(version, proposal.inputs) > 0,
        carriers=carriers(version),
    )


def document_digest(proposal: ProposalView) -> str:
    """What a signature must name: the digest of the paper's content, without printing it."""
    return digest(proposal_document(proposal).canonical())


def lines(proposal: ProposalView) -> tuple[Text, ...]:
    """What is being signed, in a few sentences for the page beside the drawing."""
    version = catalog.version(proposal.version_id)
    amount = yuan(proposal.premium_fen)
    last_day = proposal.end - timedelta(days=1)
    return (
        Text(
            f"为 {proposal.insured_name} 投保 {version.name.zh}",
            f"{version.name.en} for {proposal.insured_name}",
        ),
        Text(
            f"{proposal.start} 至 {last_day}，保费 ¥{amount}，保额 {proposal.sum_insured.zh}",
            f"{proposal.start} to {last_day}, premium ¥{amount}, sum insured {proposal.sum_insured.en}",
        ),
        *(
            Text(f"{field.name.zh} {value}", f"{field.name.en} {value}")
            for field, value in named_thing(version, proposal.insured_object)
        ),
        *STATEMENTS,
    )


def conditions(version: ProductVersion, inputs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Rating inputs as label and value in Chinese, in the order of the tariff."""
    return tuple(
        (item.name.zh, item.label_of(inputs[item.code]).zh) for item in version.rating_inputs if item.code in inputs
    )


def carriers(version: ProductVersion) -> tuple[tuple[str, str], ...]:
    """Co-insurers as name and share in Chinese, the lead first and named so; none where one insurer carries all."""
    return tuple(
        (carrier.insurer.name.zh + ("" if place else "（首席）"), percent(carrier.share_bp))
        for place, carrier in enumerate(version.coinsurance)
    )


def named_thing(version: ProductVersion, things: Sequence[ObjectLine]) -> list[tuple[InsuredField, str]]:
    """Every field that says which thing is insured, beside its answer, in the order of the version."""
    answers = {line.code: line.value for line in things}
    return [(field, answers[field.code]) for field in version.insured_object if field.code in answers]


def insured_thing(version: ProductVersion, things: Sequence[ObjectLine]) -> tuple[tuple[str, str], ...]:
    """The same as label and value in Chinese, for the paper."""
    return tuple((field.name.zh, value) for field, value in named_thing(version, things))


def _insurer(version: ProductVersion) -> Insurer:
    insurer = version.insurer
    return Insurer(
        insurer.code,
        insurer.name,
        insurer.licence,
        insurer.service_phone,
        insurer.complaint_phone,
        insurer.signature,
    )


def _ways_to_pay(proposal: ProposalView) -> PaymentPlan:
    names = " / ".join(plan.name.zh for plan in proposal.instalments)
    return PaymentPlan(name=names, count=1, each_fen=proposal.premium_fen, paid_fen=0)
