"""What is asked around a claim before the rules decide on it. The answer is one word: whether a person looks first.

It refuses nothing and moves no deadline: the claim goes to the same queue, under the same legal clock, as every other
that a person sees (SERV-5, SERV-9). Reported facts of partners have no papers and are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import structlog

from baohe.flows import claimant
from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.plumbing import pictures
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.facade import PaperFacts
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.contracts import CARD, DEVICE, INVOICE, PHONE, ClaimFacts, CoverDays, Mark
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

_log = structlog.get_logger()
_ACTOR, _PURPOSE = "system:fraud", "look_for_fraud"


def look(claim_id: UUID) -> bool:
    """Whether a person looks before the machine pays; the signals are kept beside the claim. Inside the transaction of
    the submission, after the policy is held. A claim that is no draft any more is left alone. Raises `NotFound`."""
    papers = claims.paper_facts(claim_id)
    if papers.state != "draft":
        return False
    return fraud.asks_for_person(fraud.look(_facts(papers)))


def facts_of(claim_id: UUID) -> ClaimFacts:
    """What the fraud room is told of a claim. Each telephone that is opened for it is logged. Raises `NotFound`."""
    return _facts(claims.paper_facts(claim_id))


def _facts(papers: PaperFacts) -> ClaimFacts:
    policy = policies.policy_by_id(papers.policy_id)
    person_id = claimant.id_of(papers.claim_id, papers.account_id)
    marks = (
        *(Mark(INVOICE, number) for number in papers.invoice_numbers),
        *(Mark(CARD, number) for number in papers.card_numbers),
        *_marks(policy),
        *(_link_marks(papers.claim_id) if person_id != papers.account_id else ()),
    )
    return ClaimFacts(
        claim_id=papers.claim_id,
        shard_key=papers.shard_key,
        account_id=person_id,
        policy_id=papers.policy_id,
        event=papers.event,
        happened_on=papers.happened_on,
        noticed_on=papers.noticed_on,
        cover=_cover(policy),
        amount_fen=papers.amount_fen,
        provider=papers.provider,
        marks=marks,
        kin=tuple(sorted(people.kin_among(person_id, fraud.sharing(person_id, marks)))),
    )


def remember_pictures(account_id: UUID, claim_id: UUID) -> None:
    """The photographs of a claim that are not known yet, before its transaction: opening them takes a while.
    A stranger's claim raises `NotFound`; a damaged picture stops nobody from claiming."""
    claim = claims.claim(account_id, claim_id)
    ends = policies.policy_by_id(claim.policy_id).end
    until = fraud.kept_until(claims.keeping(claim_id).noticed_on, ends)
    person_id = claimant.id_of(claim_id, account_id)
    for paper_id, jpeg in claims.photographs(claim_id, fraud.pictures_known(claim_id)).items():
        try:
            picture = pictures.perceptual_hash(jpeg)
        except pictures.PictureUnreadable:
            _log.warning("picture_not_compared", claim=str(claim_id), paper=str(paper_id))
            continue
        if picture is not None:
            fraud.remember_picture(
                claim_id, paper_id, picture, account_id=person_id, shard_key=claim.shard_key, keep_until=until
            )


def _cover(policy: PolicyView) -> CoverDays:
    raised = [one.valid_from for one in policy.endorsements if one.after.sum_insured_fen > one.before.sum_insured_fen]
    return CoverDays(
        bought_on=business_date(policy.issued_at),
        start=policy.start,
        end=policy.end,
        waiting_ends=policy.waiting_ends,
        raised_on=max(raised, default=None),
    )


def _marks(policy: PolicyView) -> Iterator[Mark]:
    """The telephones of the account and of the insured, and the browser that signed. Each opening is logged."""
    phones = {people.phone_of(policy.account_id, _ACTOR, _PURPOSE)}
    if policy.person_id is not None:
        phones.add(_insured_phone(policy.account_id, policy.person_id))
    yield from (Mark(PHONE, phone) for phone in sorted(filter(None, phones)))
    signature = policies.signature_of(policy.proposal_id) if policy.proposal_id else None
    if signature is not None and signature.device_key:
        yield Mark(DEVICE, signature.device_key)


def _link_marks(claim_id: UUID) -> Iterator[Mark]:
    """Of a claimant who came by a link: the telephone that the order names, and the account they gave."""
    phone = claimant.phone_of(claims.claim_by_id(claim_id), _PURPOSE)
    account = claims.payee_account(claim_id)
    if phone is not None:
        yield Mark(PHONE, phone)
    if account is not None:
        yield Mark(CARD, account.number)


def _insured_phone(account_id: UUID, person_id: UUID) -> str | None:
    """None also where the insured is in nobody's file any more: then there is nothing to compare."""
    try:
        return people.person(account_id, person_id, _ACTOR, _PURPOSE).phone
    except NotFound:
        return None
