"""代客报案: staff with a caller on the line find the policy and write the first notice down. Every look is logged."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotAllowed, NotFound
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import NOTICE_TAKERS, ClaimView, FirstNotice
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

MOST_FOUND = 5
_LOOKED_AT = 50
_PURPOSE = "report_for_caller"
_NO_PAPERS = Text("先不用准备，打开保和提交，由理赔员来看", "none yet; submit it in Baohe and a handler looks at it")


def by_number(staff_id: UUID, number: str) -> tuple[PolicyView, ...]:
    """The policy of exactly this number, or none. Raises `NotAllowed`."""
    actor = _actor(staff_id)
    with transaction.atomic():
        found = policies.policy_by_number(number.strip().upper())
        return _noted(staff_id, actor, () if found is None else (found,), "policy_number")


def by_phone(staff_id: UUID, phone: str, insured_name: str) -> tuple[PolicyView, ...]:
    """Policies of the account with this telephone in which exactly this name is insured, newest first, at most
    `MOST_FOUND`. A wrong name finds as little as a wrong number. Raises `NotAllowed`, `InvalidInput`."""
    actor = _actor(staff_id)
    plain = people.normal_phone(phone)
    with transaction.atomic():
        account_id = people.account_of_phone(plain, actor, _PURPOSE)
        held = policies.policies_of(account_id, size=_LOOKED_AT).items if account_id is not None else []
        named = [one for one in held if one.insured_name == insured_name.strip()]
        return _noted(staff_id, actor, tuple(named[:MOST_FOUND]), "phone,insured_name")


def policy(staff_id: UUID, policy_id: UUID) -> PolicyView:
    """The chosen one, again. Raises `NotAllowed`, `NotFound` also for a partner's order."""
    actor = _actor(staff_id)
    with transaction.atomic():
        found = policies.policy_by_id(policy_id)
        if found.partner_id is not None:
            raise NotFound(what="保单")
        return _noted(staff_id, actor, (found,), "policy")[0]


def report(staff_id: UUID, notice: FirstNotice, form_key: str) -> ClaimView:
    """Open the claim and tell the policyholder who did it and which papers it needs; one form opens one claim.

    Raises `NotAllowed`, `NotFound`, `InvalidInput`, `AlreadyReported`, `KeyReused`.
    """

    def act() -> Answer:
        claim = claims.notice_by_staff(staff_id, notice)
        _tell(claim, people.staff(staff_id).name)
        return Answer(201, {"claim_id": str(claim.id)})

    _actor(staff_id)
    answer = answer_once(f"claims:staff:{staff_id}:notice", form_key, notice.as_request(), act)
    return claims.claim_by_id(UUID(answer.body["claim_id"]))


def _actor(staff_id: UUID) -> str:
    if not set(NOTICE_TAKERS) & set(people.staff(staff_id).roles):
        raise NotAllowed()
    return f"staff:{staff_id}"


def _noted(staff_id: UUID, actor: str, found: tuple[PolicyView, ...], fields: str) -> tuple[PolicyView, ...]:
    """A look that cannot be logged does not happen; one that finds nothing stands under the looker's own id."""
    for one in found:
        people.note_read(one.person_id or one.account_id, one.account_id, actor, fields, _PURPOSE)
    if not found:
        people.note_read(staff_id, staff_id, actor, fields, f"{_PURPOSE}:nothing")
    return found


def _tell(claim: ClaimView, name: str) -> None:
    phone = people.phone_of(claim.account_id, "system:claims", "claim_reported_by_staff")
    if phone is None:
        return
    facts = {"name": name, "number": claim.number}
    zh = "、".join(paper.title.zh for paper in claim.needed) or _NO_PAPERS.zh
    en = ", ".join(paper.title.en for paper in claim.needed) or _NO_PAPERS.en
    notices.send(
        phone,
        "claim_reported_by_staff",
        facts | {"papers": zh},
        account_id=claim.account_id,
        params_en={"papers": en},
    )
