"""The basket as the customer sees it: every item with what it waits for, read from the rooms that know.

Nothing is added by itself, nothing is bundled, and an item leaves as easily as it came (SALE-2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations
from uuid import UUID

from django.db import transaction

from baohe.flows import family_price
from baohe.flows.twice import cover_of
from baohe.kernel.dates import Period, business_date
from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.baskets.contracts import ItemView
from baohe.rooms.baskets.errors import ItemBeingPaid
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.payments import facade as payments
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import BASKET, Cover
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView

ACCEPTED = frozenset({"accept", "load", "exclude"})
PAYABLE = "ready"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its own quote, declaration and proposal.

    `state` is to_declare, to_fill, to_sign, ready, paying, refer, postponed, declined, withdrawn or expired; only
    `ready` can be paid. `premium_fen` is what the cover costs now, a loading included; `due_today_fen` what would be
    paid today under the chosen way to pay.
    """

    item: ItemView
    person: PersonView
    version: ProductVersion
    quote: QuoteView
    declaration: DeclarationView | None
    proposal: ProposalView | None
    state: str
    premium_fen: int
    due_today_fen: int
    valid_until: datetime
    family_size: int
    family_could_be: int
    """How many of the family share this price, and how many could if it were priced again."""
    same_costs_as: tuple[UUID, ...] = ()
    """The other items of the basket that would reimburse the same costs of the same person (SALE-7)."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What holds for a whole basket today: the size of its families, and which sales a notice stopped."""

    sizes: Mapping[str, int]
    stopped: Mapping[str, date]

    def sold(self, version: ProductVersion) -> bool:
        today = clock.today()
        return version.on_sale(today) and today <= self.stopped.get(version.id, today)


@dataclass(frozen=True, slots=True)
class Locked:
    """An item and its proposal, both locked until the transaction ends."""

    item: ItemView
    proposal: ProposalView | None
    product_name: Text
    insured_name: str


def entries(account_id: UUID) -> list[Entry]:
    """The whole basket, oldest first: six reads whatever its size."""
    items = baskets.items_of(account_id)
    if not items:
        return []
    quote_ids = [item.quote_id for item in items]
    quotes = {quote.id: quote for quote in quoting.quotes_by_ids(account_id, quote_ids)}
    declared = {found.quote_id: found for found in underwriting.declarations_of_quotes(account_id, quote_ids)}
    proposals = _proposals(account_id, quote_ids)
    family = {person.id: person for person in people.people_of(account_id)}
    shelf = _Shelf(
        family_price.sizes((item.version_id, item.person_id) for item in items),
        catalog.stopped({item.version_id for item in items}),
    )
    found = [
        _entry(item, family[item.person_id], quotes[item.quote_id], declared.get(item.quote_id), proposals, shelf)
        for item in items
        if item.person_id in family
    ]
    return _flagged(found)


def same_person_before(proposal: ProposalView) -> list[Cover]:
    """The covers for the same person that were put into the basket before the item of this proposal; none for a
    proposal outside the basket."""
    items = baskets.items_of(proposal.account_id)
    at = next((place for place, item in enumerate(items) if item.quote_id == proposal.quote_id), 0)
    before = {item.id for item in items[:at] if item.person_id == proposal.person_id}
    if not before:
        return []
    return [cover for entry in entries(proposal.account_id) if entry.item.id in before for cover in _cover(entry)]


def add(account_id: UUID, quote_id: UUID, instalment: str) -> ItemView:
    """Put a quote that still holds into the basket. Raises `QuoteExpired`, `BasketFull`, `NotFound`."""
    with transaction.atomic():
        item = baskets.add(account_id, quoting.quote(account_id, quote_id), instalment)
        _follow_family(account_id)
        return item


def remove(account_id: UUID, item_id: UUID) -> None:
    """Take an item out. Raises `ItemBeingPaid` while a payment for it may still be made, `NotFound`."""
    with transaction.atomic():
        for entry in _locked(account_id, [item_id]):
            _refuse_paying(entry)
        baskets.remove(account_id, item_id)
        _follow_family(account_id)


def reprice(account_id: UUID, item_id: UUID) -> ItemView:
    """A new quote for the same person, product and inputs under the version on sale today; the price before stays to
    be shown. The declaration belongs to the old quote, so it is asked again.

    Raises `ItemBeingPaid`, what `quoting.make_quote` raises (`NotOnSale`, `InvalidInput` …), `NotFound`.
    """
    with transaction.atomic():
        entry = locked(account_id, [item_id])[0]
        _refuse_paying(entry)
        return _priced_again(account_id, entry.item, _sizes(account_id).get(entry.item.version_id, 1))


def locked(account_id: UUID, item_ids: Collection[UUID]) -> list[Locked]:
    """The items with their proposals, locked in the order of the house: proposals, then items. Raises `NotFound`
    when one of them has left the basket meanwhile."""
    found = _locked(account_id, item_ids)
    if len(found) != len(set(item_ids)):
        raise NotFound(what="投保篮里的这一份")
    return found


def _locked(account_id: UUID, item_ids: Collection[UUID]) -> list[Locked]:
    wanted = [item for item in baskets.items_of(account_id) if item.id in set(item_ids)]
    quote_ids = [item.quote_id for item in wanted]
    policies.lock_proposals(account_id, [found.id for found in _proposals(account_id, quote_ids).values()])
    items = baskets.locked(account_id, [item.id for item in wanted])
    proposals = _proposals(account_id, [item.quote_id for item in items])
    names = {person.id: person.name for person in people.people_of(account_id)}
    return [
        Locked(
            item=item,
            proposal=proposals.get(item.quote_id),
            product_name=catalog.version(item.version_id).name,
            insured_name=names.get(item.person_id, ""),
        )
        for item in items
    ]


_CAN_BE_BOUGHT = frozenset({"to_declare", "to_fill", "to_sign", PAYABLE, "paying", "refer"})


def _flagged(found: list[Entry]) -> list[Entry]:
    """Each entry with the others that would reimburse the same costs, shown before anything is declared."""
    covers = [(entry, cover) for entry in found for cover in _cover(entry)]
    twins: dict[UUID, list[UUID]] = defaultdict(list)
    for (one, cover), (other, its) in permutations(covers, 2):
        if one.person.id == other.person.id and suitability.duplicates(cover, [its]):
            twins[one.item.id].append(other.item.id)
    return [replace(entry, same_costs_as=tuple(twins.get(entry.item.id, ()))) for entry in found]


def _cover(entry: Entry) -> tuple[Cover, ...]:
    """What the item would reimburse; nothing when it cannot be bought any more, or while it is not known which thing
    it insures. Before there is a proposal it would begin on the day after its quote."""
    proposal, version = entry.proposal, entry.version
    if entry.state not in _CAN_BE_BOUGHT or (proposal is None and version.insured_object):
        return ()
    if proposal is not None:
        days, things = Period(proposal.start, proposal.end), proposal.insured_object
    else:
        start = business_date(entry.quote.created_at) + timedelta(days=1)
        days, things = version.cover_period(start, entry.person.birth, entry.quote.inputs), ()
    return (cover_of(version, entry.quote.inputs, days, things, place=BASKET),)


def _sizes(account_id: UUID) -> Mapping[str, int]:
    return family_price.sizes((item.version_id, item.person_id) for item in baskets.items_of(account_id))


def _priced_again(account_id: UUID, item: ItemView, family_size: int) -> ItemView:
    [old] = quoting.quotes_by_ids(account_id, [item.quote_id])
    person = people.person_view(account_id, item.person_id)
    quote = quoting.make_quote(account_id, person, old.product_code, old.inputs, family_size)
    return baskets.replace_quote(account_id, item.id, quote)


def _follow_family(account_id: UUID) -> None:
    """Prices follow the number of the family at once where nothing was declared yet; a declared or signed item keeps
    its price until the customer asks for the new one."""
    sizes = _sizes(account_id)
    items = [item for item in baskets.items_of(account_id) if item.version_id in sizes]
    quotes = {quote.id: quote for quote in quoting.quotes_by_ids(account_id, [item.quote_id for item in items])}
    declared = {found.quote_id for found in underwriting.declarations_of_quotes(account_id, list(quotes))}
    declared |= _proposals(account_id, list(quotes)).keys()
    for item in items:
        version = catalog.version(item.version_id)
        stale = family_price.size_of(version, quotes[item.quote_id].inputs) != sizes[item.version_id]
        if stale and item.quote_id not in declared and version.on_sale(clock.today()):
            _priced_again(account_id, item, sizes[item.version_id])


def _proposals(account_id: UUID, quote_ids: Sequence[UUID]) -> dict[UUID, ProposalView]:
    return {found.quote_id: found for found in policies.proposals_of_quotes(account_id, quote_ids)}


def _refuse_paying(entry: Locked) -> None:
    waiting = entry.proposal is not None and entry.proposal.state == "paying" and entry.proposal.payment_id is not None
    if waiting and payments.intent(entry.proposal.payment_id).state != "closed":  # type: ignore[union-attr,arg-type]
        raise ItemBeingPaid(product=entry.product_name.zh, product_en=entry.product_name.en, insured=entry.insured_name)


def _entry(
    item: ItemView,
    person: PersonView,
    quote: QuoteView,
    declaration: DeclarationView | None,
    proposals: dict[UUID, ProposalView],
    shelf: _Shelf,
) -> Entry:
    version = catalog.version(item.version_id)
    proposal = proposals.get(item.quote_id)
    premium_fen = declaration.premium_fen if declaration is not None else quote.premium_fen
    if proposal is not None:
        due_fen, until = proposal.due_today_fen, proposal.valid_until
    else:
        plan = next(plan for plan in quote.price.instalments if plan.code == item.instalment)
        due_fen, until = plan.each_fen, quote.valid_until
    size = family_price.size_of(version, quote.inputs)
    could_be = shelf.sizes.get(item.version_id, 1)
    state = _state(quote, declaration, proposal, shelf.sold(version))
    if size > could_be and state in ("to_declare", "to_fill", "to_sign", PAYABLE):
        state = "expired"  # the family it was priced for is not in the basket any more
    return Entry(
        item=item,
        person=person,
        version=version,
        quote=quote,
        declaration=declaration,
        proposal=proposal,
        state=state,
        premium_fen=premium_fen,
        due_today_fen=due_fen,
        valid_until=until,
        family_size=size,
        family_could_be=could_be,
    )


_LED_TO_NOTHING = frozenset({"offer_declined", "offer_expired"})
"""Terms of an underwriter that were not taken: the cover can be quoted again."""


def _state(
    quote: QuoteView,
    declaration: DeclarationView | None,
    proposal: ProposalView | None,
    sold: bool,
) -> str:
    if proposal is not None and proposal.state == "paying":
        return "paying"
    if not sold:
        return "withdrawn"
    if declaration is not None and declaration.outcome == "declined_by_person":
        return "declined"
    if declaration is not None and declaration.outcome in ("refer", "postpone"):
        return {"refer": "refer", "postpone": "postponed"}[declaration.outcome]
    if proposal is not None:
        return {"draft": "to_sign", "signed": "ready"}.get(proposal.state, "expired")
    if declaration is not None and declaration.outcome in _LED_TO_NOTHING:
        return "expired"
    by_person = declaration is not None and (
        declaration.decision.outcome == "refer" or declaration.decided_at is not None
    )
    if clock.now() >= quote.valid_until and not by_person:
        return "expired"
    return "to_declare" if declaration is None else "to_fill"
