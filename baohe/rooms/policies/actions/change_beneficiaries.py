"""Who receives, changed after issue: with the insured's consent or not at all, and never after the event (SALE-13)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from baohe.kernel.canonical import digest
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.policies import parties
from baohe.rooms.policies.actions.draft import named_beneficiaries
from baohe.rooms.policies.contracts import Beneficiary, BeneficiaryChangeView, BeneficiaryChoice, PolicyView
from baohe.rooms.policies.errors import BeneficiaryChangeClosed
from baohe.rooms.policies.locks import policy_for_update
from baohe.rooms.policies.models import BeneficiaryChange, Policy
from baohe.rooms.policies.rules.parties import insured_must_consent
from baohe.rooms.policies.shapes import change_view, policy_view

_CLOSED = {
    "cancelled": ("保单已解除", "the policy was left"),
    "lapsed": ("保单已终止", "the policy has lapsed"),
    "ended": ("保障已到期", "cover has ended"),
}


def ask_change(
    account_id: UUID, policy_id: UUID, choices: Sequence[BeneficiaryChoice], event_known: bool
) -> BeneficiaryChangeView:
    """A new list by the policyholder. It takes effect at once where the policyholder is the insured, or the parent of
    an insured minor; otherwise it waits for the insured, and a list that waited before is void.

    `event_known`: the insured's death was notified. Raises `BeneficiaryChangeClosed`, `BeneficiariesDoNotAddUp`,
    `NotFound`.
    """
    with transaction.atomic():
        row = policy_for_update(account_id, policy_id)
        now = policy_view(row, clock.today())
        _refuse_closed(now, row, event_known)
        assert row.person_id is not None and now.insured_birth is not None  # noqa: S101 - sold to a customer
        named = named_beneficiaries(account_id, choices, row.person_id, covers_death=True)
        if named == now.beneficiaries:
            raise BeneficiaryChangeClosed(reason_zh="和现在的一样", reason_en="it is the list that holds now")
        asks_insured = insured_must_consent(now.insured_relation, now.insured_birth, clock.today(), True)
        own = "self" if now.insured_relation == "self" else "guardian"
        row.beneficiary_changes.filter(state="waiting").update(state="void", ended_at=clock.now())
        return change_view(_keep(row, named, "insured" if asks_insured else own))


def take_effect(change_id: UUID, content: str, event_known: bool) -> BeneficiaryChangeView:
    """The insured agreed to the list with this digest. Once however often it is said. Raises
    `BeneficiaryChangeClosed` when it is void, or the event was notified meanwhile; `NotFound`."""
    with transaction.atomic():
        change, policy = _locked(change_id)
        if change.state == "effective" and change.digest == content:
            return change_view(change)
        if change.state != "waiting" or change.digest != content:
            raise BeneficiaryChangeClosed(reason_zh="这次变更已作废", reason_en="this change is void")
        _refuse_closed(policy_view(policy, clock.today()), policy, event_known)
        return change_view(_end(change, "effective"))


def refuse_change(change_id: UUID) -> BeneficiaryChangeView:
    """The insured said no: what was agreed before goes on. Raises `NotFound`."""
    with transaction.atomic():
        change, _ = _locked(change_id)
        return change_view(_end(change, "refused") if change.state == "waiting" else change)


def beneficiary_change(change_id: UUID) -> BeneficiaryChangeView:
    """Raises `NotFound`."""
    found = BeneficiaryChange.objects.filter(id=change_id).first()
    if found is None:
        raise NotFound(what="受益人变更")
    return change_view(found)


def _locked(change_id: UUID) -> tuple[BeneficiaryChange, Policy]:
    """The policy first: every change of its beneficiaries queues on it."""
    found = BeneficiaryChange.objects.filter(id=change_id).values_list("policy_id", flat=True).first()
    if found is None:
        raise NotFound(what="受益人变更")
    policy = Policy.objects.select_for_update().get(id=found)
    return BeneficiaryChange.objects.get(id=change_id), policy


def _refuse_closed(now: PolicyView, row: Policy, event_known: bool) -> None:
    if not row.death_cover_fen:
        raise BeneficiaryChangeClosed(reason_zh="这份保单没有身故保障", reason_en="it pays nothing after a death")
    if event_known:
        raise BeneficiaryChangeClosed(reason_zh="已经报过身故理赔", reason_en="the death has been notified")
    if now.state in _CLOSED:
        zh, en = _CLOSED[now.state]
        raise BeneficiaryChangeClosed(reason_zh=zh, reason_en=en)


def _keep(row: Policy, named: tuple[Beneficiary, ...], consent_by: str) -> BeneficiaryChange:
    number = (row.beneficiary_changes.aggregate(last=Max("number"))["last"] or 0) + 1
    moment, id_ = clock.now(), clock.new_id()
    return BeneficiaryChange.objects.create(
        id=id_,
        policy=row,
        shard_key=row.shard_key,
        number=number,
        beneficiaries_sealed=parties.seal_beneficiaries(id_, named),
        digest=_digest(row, number, named),
        consent_by=consent_by,
        state="waiting" if consent_by == "insured" else "effective",
        asked_at=moment,
        ended_at=None if consent_by == "insured" else moment,
    )


def _digest(row: Policy, number: int, named: tuple[Beneficiary, ...]) -> str:
    """Over the contract, its sum in case of death, the place in the history, and the list."""
    content = [[str(one.person_id), one.name, one.relation, one.rank, one.share_percent] for one in named]
    return digest([row.number, row.version_id, row.death_cover_fen, number, content])


def _end(change: BeneficiaryChange, state: str) -> BeneficiaryChange:
    change.state, change.ended_at = state, clock.now()
    change.save(update_fields=["state", "ended_at"])
    return change
