"""转介绍: one insurer sends a customer to another; the customer decides, and the fee follows the policy.

`answer` stores the customer's word with its consent; `contact` passes the telephone on, and refuses without that
consent; `look` is the round that finds the policy, books the fee once cooling-off is over, and takes it back.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping
from baohe.kernel.canonical import digest
from baohe.kernel.dates import business_date
from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.kernel.money import apply_bp, percent, yuan
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.contracts import AgreementTerms, IntroductionView
from baohe.rooms.introductions.errors import ConsentMissing
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

PURPOSE = "introduction"
ENTRY = "introduction_fee"
BATCH = 200
_MOST_POLICIES = 100


def wording(view: IntroductionView) -> tuple[Text, ...]:
    """What the customer reads before they answer; the consent names its digest."""
    terms, names = view.agreement.terms, {one.code: one.name for one in catalog.insurers()}
    giver, taker = (names.get(code, Text(code, code)) for code in (terms.introducer, terms.insurer))
    fee = percent(terms.rate_bp)
    return (
        Text(
            f"{giver.zh}想把你介绍给{taker.zh}。你同意后，{taker.zh}的联系人会看到你的手机号并联系你，别的资料都不给。",
            f"If you agree, {giver.en} introduces you to {taker.en} and their contact sees your telephone number "
            "and calls you; nothing else is passed on.",
        ),
        Text(
            f"你要是因此投保，{taker.zh}会付给{giver.zh}首期保费的 {fee}，最多 ¥{yuan(terms.cap_fen)}。"
            "保费不会因此变贵。",
            f"If you take out a policy, {taker.en} pays {giver.en} {fee} of the first premium, ¥{yuan(terms.cap_fen)} "
            "at most. Your premium is no higher for it.",
        ),
        Text(
            "同不同意都不影响你现有的保障；同意以后随时可以撤回。",
            "Your present cover is the same either way, and you may take a yes back at any time.",
        ),
    )


def wording_digest(view: IntroductionView) -> str:
    return digest([[text.zh, text.en] for text in wording(view)])


def answer(account_id: UUID, token: str, agreed: bool) -> IntroductionView:
    """The signed-in customer's word about a link. Raises `Answered`, `AgreementNotInForce`, `NotFound`."""
    with transaction.atomic():
        text_digest = wording_digest(introductions.introduction_of_link(token))
        view = introductions.answer(token, account_id, agreed, text_digest)
        if agreed and view.state == "agreed" and not consented(view):
            consent.grant(account_id, PURPOSE, text_digest, subject=str(view.id))
    return view


def withdraw(account_id: UUID, token: str) -> IntroductionView:
    """The customer takes a yes back: nothing is passed from now on. Raises `NotFound`, also for another's."""
    with transaction.atomic():
        view = introductions.introduction_of_link(token)
        if view.account_id != account_id:
            raise NotFound(what="转介绍")
        if consented(view):
            consent.withdraw(account_id, PURPOSE, subject=str(view.id))
        introductions.mark(view.id, "agreed", "lapsed")
    return introductions.introduction(view.id)


def contact(introduction_id: UUID, staff_id: UUID) -> str:
    """The telephone number for the receiving insurer's contact; the look is logged (DATA-5).

    Raises `ConsentMissing` before a yes and after it was taken back: then nothing is opened and nothing logged.
    """
    view = introductions.introduction(introduction_id)
    if view.account_id is None or not consented(view):
        raise ConsentMissing()
    phone = people.phone_of(view.account_id, f"staff:{staff_id}", f"转介绍 {view.reference}")
    if phone is None:
        raise NotFound(what="手机号")
    return phone


def look() -> int:
    """One round over what is open, the longest unseen first; how many moved on. Idempotent, and safe twice at once."""
    return sum(_look_at(id_) for id_ in introductions.open_ids(BATCH))


def _look_at(introduction_id: UUID) -> bool:
    with transaction.atomic():
        view = introductions.take(introduction_id)
        if view is None:
            return False
        if view.state == "agreed":
            return _find_policy(view, clock.today())
        if view.policy_id is None:
            return False
        policy = policies.policy_by_id(view.policy_id)
        return (_book if view.state == "bound" else _take_back)(view, policy, clock.today())


def _find_policy(view: IntroductionView, today: date) -> bool:
    """The first policy of the line that the customer bought from this insurer after the yes, within the days."""
    if view.account_id is None or view.answered_at is None or not consented(view):
        return introductions.mark(view.id, "agreed", "lapsed")
    answered, terms = view.answered_at, view.agreement.terms
    last = business_date(answered) + timedelta(days=terms.buy_days)
    bought = (
        policy
        for policy in reversed(policies.policies_of(view.account_id, 1, _MOST_POLICIES).items)
        if policy.issued_at >= answered and business_date(policy.issued_at) <= last
    )
    policy = next((one for one in bought if _fits(one, terms) and not introductions.is_bound(one.id)), None)
    if policy is None:
        return today > last and introductions.mark(view.id, "agreed", "lapsed")
    return _bind(view, policy)


def _fits(policy: PolicyView, terms: AgreementTerms) -> bool:
    version = catalog.version(policy.version_id)
    return version.insurer.code == terms.insurer and version.line == terms.line


def _bind(view: IntroductionView, policy: PolicyView) -> bool:
    """The fee is worked out once, from the insurer's own part of what was paid first."""
    terms = view.agreement.terms
    own_fen = dict(bookkeeping.by_carrier(catalog.version(policy.version_id), _first_premium(policy)))[terms.insurer]
    fee_fen = min(apply_bp(own_fen, terms.rate_bp), terms.cap_fen)
    if fee_fen <= 0:
        return introductions.mark(view.id, "agreed", "lapsed")
    issued_on = business_date(policy.issued_at)
    due_on = (policy.cooling_off_ends or issued_on) + timedelta(days=1)
    introductions.bind(view.id, policy.id, fee_fen, due_on, issued_on)
    return True


def _first_premium(policy: PolicyView) -> int:
    """What the first payment paid for it, whatever was paid since."""
    if policy.payment_id is None:
        return policy.paid_fen
    lines = {line.subject_id: line.amount_fen for line in payments.lines_of(policy.payment_id)}
    return lines.get(policy.proposal_id) or payments.intent(policy.payment_id).amount_fen


def _book(view: IntroductionView, policy: PolicyView, today: date) -> bool:
    """Past cooling-off the fee is owed; a policy that was left before then, or within the days of return, owes none."""
    if view.due_on is None or view.fee_fen is None:
        raise ValueError(f"introduction {view.id} is bound without a day or a fee")
    gone = _left_on(policy)
    if gone is not None and (gone < view.due_on or _returnable(view, gone)):
        return introductions.mark(view.id, "bound", "lapsed")
    if today < view.due_on:
        return False
    terms = view.agreement.terms
    postings = ledger.movements.referral(terms.insurer, terms.introducer, view.fee_fen)
    ledger.post(ledger.Entry(ENTRY, str(view.id), policy.shard_key, today, policy.number, postings))
    return introductions.mark(view.id, "bound", "paid")


def _take_back(view: IntroductionView, policy: PolicyView, today: date) -> bool:
    """Judged by the day the policy was left, so a round that comes late comes to the same end."""
    gone = _left_on(policy)
    if gone is not None and _returnable(view, gone):
        booked = ledger.entry_of(policy.shard_key, ENTRY, str(view.id))
        if booked is None:
            raise ValueError(f"introduction {view.id} is paid and has no entry")
        ledger.reverse(booked.id, today, policy.number)
        return introductions.mark(view.id, "paid", "reversed")
    over = view.returnable_until is None or today > view.returnable_until
    return over and introductions.mark(view.id, "paid", "settled")


def _left_on(policy: PolicyView) -> date | None:
    """Left by the customer, or ended for a premium that was not paid: either way it came to nothing."""
    if policy.cancelled_at is None:
        return policy.lapsed_on
    return business_date(policy.cancelled_at)


def _returnable(view: IntroductionView, day: date) -> bool:
    return view.returnable_until is not None and day <= view.returnable_until


def consented(view: IntroductionView) -> bool:
    """Whether the customer's yes stands now."""
    return view.account_id is not None and consent.is_granted(view.account_id, PURPOSE, subject=str(view.id))
