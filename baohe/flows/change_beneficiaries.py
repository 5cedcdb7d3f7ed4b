"""Who receives, changed after issue: by the policyholder, with the insured's consent, before the event (SALE-13)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from baohe.flows import their_phone
from baohe.kernel.decisions import Text
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.contracts import BENEFICIARIES, LinkView, Question
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import Beneficiary, BeneficiaryChangeView, BeneficiaryChoice
from baohe.rooms.policies.errors import BeneficiaryChangeClosed

_DEATH = "death"
_WITHDRAWN = "withdrawn"


def ask(account_id: UUID, policy_id: UUID, choices: Sequence[BeneficiaryChoice]) -> BeneficiaryChangeView:
    """A new list. In force at once for oneself and for one's own minor child; else it waits for the insured. Raises
    what `policies.ask_change` raises."""
    with transaction.atomic():
        earlier = waiting(account_id, policy_id)
        change = policies.ask_change(account_id, policy_id, choices, death_known(policy_id))
        if earlier is not None:
            assents.void(BENEFICIARIES, earlier.id)
        _prove(change)
        return change


def send(account_id: UUID, policy_id: UUID, phone: str) -> LinkView:
    """Send the insured the link about the change that waits. Raises `BeneficiaryChangeClosed` when none does,
    `PhoneIsPolicyholders`, what `assents.send` raises, `NotFound`."""
    policy = policies.policy(account_id, policy_id)
    change = waiting(account_id, policy_id)
    if change is None:
        raise BeneficiaryChangeClosed(reason_zh="没有等被保险人同意的变更", reason_en="no change waits for the insured")
    version = catalog.version(policy.version_id)
    question = Question(
        account_id=account_id,
        shard_key=policy.shard_key,
        subject=BENEFICIARIES,
        subject_id=change.id,
        content=change.digest,
        holder_name=policies.policyholder(account_id).name,
        insured_name=policy.insured_name,
        product=version.name,
        insurer=version.insurer.name,
        sum_fen=policies.death_cover_fen(version, policy.inputs),
        lines=(
            Text(
                f"被保险人 {policy.insured_name} 同意保单 {policy.number} 的身故受益人改为：{_named(change, '，')}。",
                f"The insured, {policy.insured_name}, agrees that the death benefit of policy {policy.number} goes to: "
                f"{_named(change, ', ', english=True)}.",
            ),
            Text(
                f"改之前是：{_names(policy.beneficiaries, '，')}。",
                f"Before, it was: {_names(policy.beneficiaries, ', ', english=True)}.",
            ),
        ),
    )
    return assents.send(question, their_phone.their_own(account_id, phone), their_phone.page())


def heard(change_id: UUID, content: str, agreed: bool) -> BeneficiaryChangeView:
    """The insured answered; in the transaction of the answer. Raises `BeneficiaryChangeClosed`: the event came first,
    or the list was asked anew."""
    change = policies.beneficiary_change(change_id)
    if not agreed:
        return policies.refuse_change(change_id)
    changed = policies.take_effect(change_id, content, death_known(change.policy_id))
    _prove(changed)
    return changed


def waiting(account_id: UUID, policy_id: UUID) -> BeneficiaryChangeView | None:
    """The change that waits for the insured. Raises `NotFound`, also for another account's policy."""
    changes = policies.policy(account_id, policy_id).beneficiary_changes
    return next((change for change in changes if change.state == "waiting"), None)


def link_of(change: BeneficiaryChangeView) -> LinkView | None:
    return assents.latest(BENEFICIARIES, change.id)


def death_known(policy_id: UUID) -> bool:
    """Whether somebody has notified the insured's death, whatever became of it, unless they took it back."""
    return any(claim.event == _DEATH and claim.state != _WITHDRAWN for claim in claims.claims_of_policy(policy_id))


def _prove(change: BeneficiaryChangeView) -> None:
    """A leaf of what is in force from now on; it holds digests, not people."""
    if change.state != "effective":
        return
    policy = policies.policy_by_id(change.policy_id)
    facts = {"number": policy.number, "change": change.number, "list": change.digest, "consent_by": change.consent_by}
    evidence.append("beneficiaries_changed", str(change.id), facts, policy.shard_key)


def _named(change: BeneficiaryChangeView, between: str, english: bool = False) -> str:
    return _names(change.beneficiaries, between, english)


def _names(people_: Sequence[Beneficiary], between: str, english: bool = False) -> str:
    if not people_:
        return "the statutory heirs" if english else "法定受益人"
    if english:
        return between.join(f"{one.name} (order {one.rank}, {one.share_percent}%)" for one in people_)
    return between.join(f"{one.name}（第 {one.rank} 顺位 {one.share_percent}%）" for one in people_)
