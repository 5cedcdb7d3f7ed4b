"""The record of a sale: whose parts are taken, what holds up the payment, and the seal with the policy (SALE-5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from baohe.flows.need import Need
from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.contracts import Coverage, HelpView, RecordingView

LEAF = "sale_recorded"
CODE = "recorded"
_TITLE = Text("投保过程留存", "Record of the purchase")


@dataclass(frozen=True, slots=True)
class RecordedKind:
    """A kind of page of one proposal; `path` opens it again without changing anything."""

    kind: str
    name: Text
    recorded: bool
    path: str


def append(
    account_id: UUID, recording_id: UUID, number: int, previous: str, body: bytes, *, packed: bool
) -> RecordingView:
    """Take the next part of the customer's recording. Every subject it names must be their own.

    Raises what `recordings.read_part` and `recordings.append_part` raise, and `NotFound`.
    """
    recordings.recording(account_id, recording_id)
    part = recordings.read_part(body, packed=packed)
    named = {subject for mark in part.pages for subject in mark.subjects}
    quotes = {quote.id for quote in quoting.quotes_by_ids(account_id, sorted(named))} if named else set()
    for proposal_id in named - quotes:
        policies.proposal(account_id, proposal_id)
    return recordings.append_part(account_id, recording_id, number, previous, part, len(body), quotes)


def needed(proposal: ProposalView) -> Iterable[Need]:
    """What of the sale is not on record yet: it holds up the payment where the law demands the record."""
    if not _demanded(proposal):
        return
    covered = coverage(proposal)
    yield Need(
        code=CODE,
        title=_TITLE,
        detail=_detail(covered),
        done=not covered.missing,
        before="pay",
        path=_path(proposal, covered),
    )


def is_needed(account_id: UUID, proposal_id: UUID) -> bool:
    """Whether the law demands the record of this proposal's sale. Raises `NotFound`."""
    return _demanded(policies.proposal(account_id, proposal_id))


def coverage(proposal: ProposalView) -> Coverage:
    """What is on record of this proposal. Where it may be paid now, every byte is checked."""
    subjects = (proposal.quote_id, proposal.id)
    ready = proposal.state in ("signed", "paying")
    return recordings.coverage(proposal.product_code, subjects, proposal.shard_key, checked=ready)


def pages(account_id: UUID, proposal_id: UUID) -> list[RecordedKind]:
    """The eight kinds of page for one proposal: which are on record, and where each is opened. Raises `NotFound`."""
    proposal = policies.proposal(account_id, proposal_id)
    recorded = coverage(proposal).recorded
    paths = _paths(proposal)
    return [RecordedKind(kind, name, kind in recorded, paths[kind]) for kind, name in recordings.KINDS.items()]


def ask_help(account_id: UUID, proposal_id: UUID, reason: str) -> HelpView:
    """The customer's device cannot keep the record: a person helps. It changes nothing about what is needed.

    Raises `NotFound`, also for another's; `InvalidInput`."""
    proposal = policies.proposal(account_id, proposal_id)
    return recordings.ask_help(account_id, proposal.id, proposal.shard_key, proposal.version_id, reason)


def send_link(help_id: UUID) -> HelpView:
    """A message to the customer's own telephone with the address where the purchase goes on, on any device, after
    they signed in themselves. Raises `HelpEnded`, `LinkJustSent`, `NotFound`."""
    with transaction.atomic():
        asked = recordings.note_link(help_id)
        phone = people.phone_of(asked.account_id, "system:record_sale", "record_link")
        if phone is None:
            raise NotFound(what="电话")
        link = f"{settings.BAOHE_ORIGIN}/buy/proposal/{asked.proposal_id}/record"
        notices.send(phone, "record_link", {"link": link}, account_id=asked.account_id)
        return asked


def close(policy: PolicyView, quote_id: UUID) -> None:
    """Seal the recordings with the policy and let the log commit to them; in the transaction of the issue."""
    if policy.proposal_id is None:
        return
    recordings.help_over(policy.proposal_id)
    sealed = recordings.close(policy.id, (quote_id, policy.proposal_id), policy.shard_key, policy.end)
    if sealed is not None:
        evidence.append(LEAF, str(policy.id), sealed.facts, policy.shard_key)


def _demanded(proposal: ProposalView) -> bool:
    return recordings.demanded(catalog.version(proposal.version_id).line, clock.today())


def _detail(covered: Coverage) -> Text:
    names = [recordings.KINDS[kind] for kind in covered.missing]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    if covered.broken:
        return Text(
            f"记录有损坏，请再看一遍：{zh}。填过的内容都还在",
            f"The record is damaged; please go through again: {en}. Nothing you typed is lost",
        )
    return Text(
        f"还没有留存：{zh}。走到那一页就会留存，填过的内容都还在",
        f"Not on record yet: {en}. Each page is recorded when you open it; nothing you typed is lost",
    )


def _path(proposal: ProposalView, covered: Coverage) -> str:
    """Only the payment's own page is left: it is the next page anyway. Otherwise the list of what is missing."""
    if covered.missing in (("pay",), ()):
        return _paths(proposal)["pay"]
    return f"/buy/proposal/{proposal.id}/record"


def _paths(proposal: ProposalView) -> Mapping[str, str]:
    base, back = f"/buy/proposal/{proposal.id}", f"?proposal={proposal.id}"
    in_basket = proposal.state == "signed" and baskets.holds(proposal.account_id, proposal.quote_id)
    return {
        "enter": f"/buy/{proposal.product_code}/who{back}",
        "identity": f"/buy/{proposal.product_code}/who{back}",
        "entry": f"/buy/decision/{proposal.declaration_id}/details{back}",
        "clauses": f"{base}/papers/clauses",
        "exclusions": f"{base}/papers/exclusions",
        "confirm": f"{base}/sign",
        "submit": f"{base}/sign",
        "pay": "/basket/sign" if in_basket else f"{base}/pay",
    }
