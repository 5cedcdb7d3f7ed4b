"""The insured's own yes, asked on their own telephone: to cover in case of their death, and to who receives (SALE-11,
SALE-13; INS 34, 39)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from baohe.flows import change_beneficiaries, their_phone
from baohe.flows.need import Need
from baohe.kernel.decisions import Text
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.contracts import BENEFICIARIES, PROPOSAL, LinkView, OpenedLink, Question, Strokes
from baohe.rooms.assents.errors import LinkVoid
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PaperView, ProposalView
from baohe.rooms.policies.errors import (
    BeneficiaryChangeClosed,
    PaperChanged,
    PartiesNotPossible,
    ProposalClosed,
)

CODE = "insured_consent"
_TITLE = Text("被保险人同意", "Consent of the insured")


def needs(proposal: ProposalView) -> Iterable[Need]:
    """Nothing to sign before another adult whose death is covered has said yes themselves."""
    paper = paper_of(proposal)
    if not paper.needed:
        return
    yield Need(
        code=CODE,
        title=_TITLE,
        detail=Text("由本人在自己的手机上同意", "Given on their own telephone"),
        done=paper.confirmed_at is not None,
        before="sign",
        path=f"/buy/proposal/{proposal.id}/insured-consent",
    )


def paper_of(proposal: ProposalView) -> PaperView:
    return next(paper for paper in proposal.papers if paper.code == CODE)


def link_of(proposal: ProposalView) -> LinkView | None:
    """The newest link about this proposal. One whose terms are not the proposal's any more is void, answered or not."""
    link = assents.latest(PROPOSAL, proposal.id)
    return link if link is not None and link.content == paper_of(proposal).digest else None


def send(account_id: UUID, proposal_id: UUID, phone: str, insured_decides: bool) -> LinkView:
    """Send the insured the link; one that waits is void from here on. `insured_decides`: the policyholder says that the
    insured can decide for themselves; nobody consents for an adult who cannot (INS 33, 34).

    Raises `InvalidInput`, `PhoneIsPolicyholders`, `PartiesNotPossible`, what `assents.send` raises, `NotFound`.
    """
    proposal = policies.proposal(account_id, proposal_id)
    paper = paper_of(proposal)
    if not paper.needed or proposal.state != "draft":
        raise PaperChanged(title=paper.title.zh)
    if not insured_decides:
        raise PartiesNotPossible(
            reason_zh="成年人不能自己作决定时，除父母外不能为其投保身故保障",
            reason_en="For an adult who cannot decide for themselves, nobody may buy death cover",
        )
    version = catalog.version(proposal.version_id)
    question = Question(
        account_id=account_id,
        shard_key=proposal.shard_key,
        subject=PROPOSAL,
        subject_id=proposal.id,
        content=paper.digest,
        holder_name=policies.policyholder(account_id).name,
        insured_name=proposal.insured_name,
        product=version.name,
        insurer=version.insurer.name,
        sum_fen=policies.death_cover_fen(version, proposal.inputs),
        lines=paper.text,
    )
    return assents.send(question, their_phone.their_own(account_id, phone), their_phone.page())


def answer(token: str, terms: str, agreed: bool, strokes: Strokes = ()) -> OpenedLink:
    """The insured's answer, with everything that follows from it, or nothing at all. A link about something that
    changed meanwhile is void, and stays so.

    Raises what `assents.decide` raises, `LinkVoid`.
    """
    try:
        with transaction.atomic():
            opened = assents.decide(token, terms, agreed, strokes)
            _follow(opened, agreed)
            return opened
    except (PaperChanged, ProposalClosed, BeneficiaryChangeClosed) as changed:
        link = assents.look(token)
        assents.void(link.subject, link.subject_id)
        raise LinkVoid() from changed


def _follow(opened: OpenedLink, agreed: bool) -> None:
    link = opened.link
    if link.subject == BENEFICIARIES:
        change_beneficiaries.heard(link.subject_id, link.content, agreed)
    elif agreed:
        policies.keep_insured_consent(link.account_id, link.subject_id, link.content)
    said = {"about": link.subject, "content": link.content, "terms": opened.terms, "agreed": agreed}
    evidence.append("insured_answered", str(link.id), said, link.shard_key)
