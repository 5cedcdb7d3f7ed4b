"""Lock proposals for their payment."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import death_cover
from baohe.rooms.policies.actions.draft import choose
from baohe.rooms.policies.actions.sign import refuse_missing_papers
from baohe.rooms.policies.contracts import PaymentPlan
from baohe.rooms.policies.errors import PaidElsewhere, ProposalClosed, ProposalExpired, SignatureNeeded
from baohe.rooms.policies.locks import lock_insured, proposal_for_update
from baohe.rooms.policies.models import Proposal
from baohe.rooms.policies.rules.parties import within_minor_limit
from baohe.rooms.policies.rules.periods import start_day
from baohe.rooms.policies.rules.sale_window import refuse_withdrawn
from baohe.rooms.policies.shapes import chosen_plan, due_now_fen, dues_of, parties_of, proposal_state


def start_paying(account_id: UUID, proposal_id: UUID, instalment: str) -> PaymentPlan:
    """From here on nothing in the proposal changes. Called again while paying, it gives the same plan.

    Raises `SignatureNeeded`, `PapersMissing`, `ProposalExpired`, `StartNotPossible` (the day has come meanwhile),
    `MinorDeathCoverLimit`, `VersionWithdrawn`, `ProposalClosed` (issued, or paying by another plan), `NotFound`.
    """
    with transaction.atomic():
        lock_proposals(account_id, [proposal_id])
        row = proposal_for_update(account_id, proposal_id)
        if row.state != "paying":
            _begin(row, instalment)
        elif row.instalment != instalment:
            raise ProposalClosed(reason_zh="正在按另一种方式付款", reason_en="is being paid in another way")
        return _plan(row)


def lock_proposals(account_id: UUID, proposal_ids: Collection[UUID]) -> None:
    """Take every lock that paying these needs, in one order for all callers: first the insured children, then the
    proposals by id. Whoever pays several calls this before `start_paying` of each; inside a transaction."""
    mine = Proposal.objects.filter(id__in=proposal_ids, account_id=account_id)
    indexes = mine.exclude(insured_index=None).values_list("insured_index", flat=True)
    for index in sorted({bytes(index) for index in indexes if index is not None}):
        lock_insured(index)
    list(mine.select_for_update().order_by("id").values_list("id", flat=True))


def payment_opened(proposal_id: UUID, payment_id: UUID) -> None:
    """Bind the payment to the locked proposal; in the transaction of `start_paying`. A proposal that waits for
    another payment keeps it (trigger `proposal_one_payment` behind it). Raises `PaidElsewhere`."""
    bound = Proposal.objects.filter(id=proposal_id, state="paying", payment_id=None).update(payment_id=payment_id)
    if not bound and not Proposal.objects.filter(id=proposal_id, payment_id=payment_id).exists():
        raise PaidElsewhere()


def payment_closed(proposal_id: UUID, payment_id: UUID) -> bool:
    """The wallet said for certain that this payment will never happen: the customer may pay again. Whether the
    proposal waited for it."""
    waiting = Proposal.objects.filter(id=proposal_id, state="paying", payment_id=payment_id)
    return bool(waiting.update(state="signed", payment_id=None))


def give_up(proposal_id: UUID, payment_id: UUID) -> bool:
    """The money came too late and goes back: the proposal is over, and a new price may be asked for. Whether the
    proposal waited for it."""
    waiting = Proposal.objects.filter(id=proposal_id, state="paying", payment_id=payment_id)
    return bool(waiting.update(state="expired"))


def _begin(row: Proposal, instalment: str) -> None:
    state = proposal_state(row, clock.now())
    if state == "issued":
        raise ProposalClosed(reason_zh="已经出单", reason_en="has become a policy")
    if state == "expired":
        raise ProposalExpired()
    if state != "signed":
        raise SignatureNeeded()
    refuse_missing_papers(row)
    start_day(row.start, clock.today())
    refuse_withdrawn(
        catalog.version(row.version_id), clock.today(), catalog.stopped([row.version_id]).get(row.version_id)
    )
    if row.insured_index is not None:
        who = parties_of(row)
        held = death_cover.held_fen(bytes(row.insured_index), row.id)
        if who.insured_birth is not None:
            within_minor_limit(who.insured_birth, row.start, held, row.death_cover_fen)
    choose(row, instalment)
    row.state = "paying"
    row.save()


def _plan(row: Proposal) -> PaymentPlan:
    version = catalog.version(row.version_id)
    family = version.formula.family
    return PaymentPlan(
        proposal_id=row.id,
        shard_key=row.shard_key,
        account_id=row.account_id,
        insurer_code=version.insurer.code,
        insurer_name=version.insurer.name,
        product_name=version.name,
        amount_fen=due_now_fen(row),
        instalment=chosen_plan(row),
        due_later=dues_of(row),
        payment_id=row.payment_id,
        version_id=row.version_id,
        person_id=row.person_id,
        family_size=int(row.inputs[family.size_input]) if family is not None else 1,
    )
