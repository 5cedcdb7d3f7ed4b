"""The shares of a death benefit (INS 40, 42): who has them, and how each goes on. Called with the claim's row
locked."""

from __future__ import annotations

from collections.abc import Sequence

from baohe.kernel.canonical import digest
from baohe.kernel.dates import age_on
from baohe.kernel.money import split
from baohe.plumbing import clock
from baohe.rooms.claims import records, share_sealing
from baohe.rooms.claims.contracts import PayOrder, ShareAccount, ShareOrder
from baohe.rooms.claims.errors import ShareNotWaiting, ShareWrongHolder
from baohe.rooms.claims.models import Claim, ClaimDecision, ClaimPayment, ClaimShare
from baohe.rooms.claims.rules import sharing
from baohe.rooms.claims.rules.assess import DEATH
from baohe.rooms.claims.rules.sharing import Heir
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

ADULT = 18


def apart(row: Claim) -> bool:
    """Whether the claim's money goes to those who receive after a death, and not to whoever claims."""
    return row.event == DEATH and row.partner_id is None


def agree(row: Claim, stored: ClaimDecision) -> PayOrder:
    """Agreed and owed, and nothing leaves yet: each share waits for its receiver's own account. Where nobody is named
    the heirs are a person's to find (`acts.heirs`)."""
    records.agreed(row, stored, "to_pay")
    open_shares(row, stored, named_in(policies.policy_by_id(row.policy_id)))
    return records.whole_order(row, stored)


def named_in(policy: PolicyView) -> tuple[Heir, ...]:
    """Those of the first order, as they are named. Whether one is a minor is asked of their file, which is logged."""
    found = []
    for one in sharing.first_order(policy.beneficiaries):
        file = people.person(policy.account_id, one.person_id, actor="system:claims", purpose="beneficiary_share")
        minor = age_on(file.birth, clock.today()) < ADULT
        found.append(Heir(one.name, one.share_percent, minor, one.person_id, one.relation))
    return tuple(found)


def open_shares(row: Claim, stored: ClaimDecision, heirs: Sequence[Heir]) -> None:
    """One row a receiver; their amounts re-add to the decision's. A share of less than a fen is none."""
    if not heirs:
        return
    before = row.paid_fen
    parts = split(stored.amount_fen or 0, [heir.percent for heir in heirs])
    for number, (heir, part) in enumerate(zip(heirs, parts, strict=True), start=1):
        if not part:
            continue
        share = ClaimShare(
            id=clock.new_id(),
            claim=row,
            shard_key=row.shard_key,
            decision_number=stored.number,
            number=number,
            person_id=heir.person_id,
            relation=heir.relation,
            percent=heir.percent,
            amount_fen=part,
            before_fen=before,
            minor=heir.minor,
            state=sharing.WAITING_GUARDIAN if heir.minor else sharing.WAITING_ACCOUNT,
            agreed_at=clock.now(),
        )
        share_sealing.put_name(share, heir.name)
        share.save(force_insert=True)
        before += part


def undrawn(row: Claim) -> ClaimDecision | None:
    """The agreed decision whose heirs nobody has found yet."""
    if not apart(row) or row.state != "to_pay":
        return None
    last = ClaimDecision.objects.filter(claim=row, outcome="pay").order_by("-number").first()
    if last is None or ClaimShare.objects.filter(claim=row, decision_number=last.number).exists():
        return None
    return last


def guardian_acts(share: ClaimShare, name: str, said: str = "") -> None:
    """A guardian acts for a minor. `said`: the words agreed to, kept by their digest. Raises `ShareNotWaiting`."""
    _step(share, "guardian")
    share_sealing.put_guardian(share, name)
    share.guardian_at = clock.now()
    share.guardian_said = digest({"said": said}) if said else ""
    share.save()


def pay_to(row: Claim, share: ClaimShare, account: ShareAccount) -> ShareOrder | None:
    """Order the share to this account, once: None when it is on its way there. Raises `ShareWrongHolder`,
    `ShareNotWaiting`, `InvalidInput`."""
    account = share_sealing.usable(account)
    name = share_sealing.name(share)
    if not sharing.may_hold(account.holder, name, share.minor, share_sealing.guardian(share)):
        raise ShareWrongHolder(name=name)
    if share.state == sharing.PAYING and share_sealing.account(share) == account:
        return None
    _step(share, "account")
    share_sealing.put_account(share, account)
    share.save()
    follow(row)
    return _order(row, share, account)


def done(row: Claim, payment: ClaimPayment) -> bool:
    """A share has arrived; whether it was the last of the claim."""
    share = ClaimShare.objects.select_for_update().get(id=payment.share_id)
    _step(share, "done")
    share.paid_at = payment.done_at
    share.save()
    records.milestone(row, "share_paid", amount_fen=share.amount_fen, percent=share.percent, last_four=share.last_four)
    return follow(row) == "paid"


def failed(row: Claim, payment: ClaimPayment) -> None:
    """The bank cannot pay for certain: owed as before, to another account."""
    share = ClaimShare.objects.select_for_update().get(id=payment.share_id)
    last_four = share.last_four
    _step(share, "failed")
    share.attempt += 1
    share_sealing.forget_account(share)
    share.save()
    follow(row)
    records.milestone(row, "share_failed", percent=share.percent, last_four=last_four)


def follow(row: Claim) -> str:
    """The claim's state is what its shares say."""
    states = list(ClaimShare.objects.filter(claim=row).values_list("state", flat=True))
    row.state = sharing.claim_state(states)
    if row.state == "paid":
        row.paid_at = clock.now()
    row.save()
    return row.state


def _step(share: ClaimShare, what: str) -> None:
    reached = sharing.STEPS.get((share.state, what))
    if reached is None:
        raise ShareNotWaiting(name=share_sealing.name(share))
    share.state = reached


def _order(row: Claim, share: ClaimShare, account: ShareAccount) -> ShareOrder:
    """`claim:<id>:<decision>:share<number>` for the first try, `…:<attempt>` after the bank failed one."""
    key = f"claim:{row.id}:{share.decision_number}:share{share.number}" + (f":{share.attempt}" if share.attempt else "")
    ClaimPayment.objects.create(
        claim=row,
        shard_key=row.shard_key,
        natural_key=key,
        decision_number=share.decision_number,
        share=share,
        amount_fen=share.amount_fen,
        requested_at=clock.now(),
    )
    return ShareOrder(key, row.id, row.number, row.shard_key, share.amount_fen, f"理赔 {row.number}", account)


def is_claimants_child(share: ClaimShare, policy: PolicyView) -> bool:
    """Whether the claimant may act as guardian: of their own child, in a contract on another's life. Who has died acts
    for nobody."""
    return share.minor and share.relation == "child" and policy.insured_relation != "self"
