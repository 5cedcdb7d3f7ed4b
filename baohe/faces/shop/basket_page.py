"""The basket as the phone shows it: by person, in the order things were put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import basket as schema
from baohe.faces.shop.schemas.basis import Labelled
from baohe.flows.basket import PAYABLE, Entry
from baohe.kernel.decisions import Text
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.contracts import Instalment

_ON_THE_WAY = frozenset({"to_declare", "to_fill", "to_sign", PAYABLE, "refer", "paying"})
_OF_PERSON = frozenset({"age", "sex", "social_insurance", "occupation_class"})
"""Known from the person the item stands under; repeating them would only hide what was chosen."""


def page(entries: Sequence[Entry]) -> schema.Basket:
    people: dict[str, schema.BasketPerson] = {}
    names = {entry.item.id: entry.version.name for entry in entries}
    for entry in entries:
        person = entry.person
        shown = people.setdefault(
            str(person.id),
            schema.BasketPerson(id=str(person.id), name=person.name, relation=person.relation, items=[]),
        )
        shown.items.append(_item(entry, names))
    ready = [entry for entry in entries if entry.state == PAYABLE]
    return schema.Basket(
        people=list(people.values()),
        count=len(entries),
        due_today_fen=sum(entry.due_today_fen for entry in entries if entry.state in _ON_THE_WAY),
        ready_count=len(ready),
        ready_fen=sum(entry.due_today_fen for entry in ready),
    )


def _item(entry: Entry, names: Mapping[UUID, Text]) -> schema.BasketItem:
    item, version, proposal, declared = entry.item, entry.version, entry.proposal, entry.declaration
    family = version.formula.family
    hidden = _OF_PERSON if family is None else _OF_PERSON | {family.size_input}
    waits = declared is not None and declared.reply_by is not None
    return schema.BasketItem(
        id=str(item.id),
        quote_id=str(item.quote_id),
        product=item.product_code,
        product_name=shapes.text(version.name),
        line=version.line,
        insurer_name=shapes.text(version.insurer.short_name),
        conditions=[
            Labelled(label=shapes.text(field.name), value=shapes.text(field.label_of(entry.quote.inputs[field.code])))
            for field in version.rating_inputs
            if field.code in entry.quote.inputs and field.code not in hidden
        ],
        state=entry.state,
        premium_fen=entry.premium_fen,
        before_fen=item.before_fen,
        loading_fen=entry.premium_fen - entry.quote.premium_fen,
        due_today_fen=entry.due_today_fen,
        instalment=shapes.instalments([_plan(entry)])[0],
        valid_until=entry.valid_until,
        family_size=entry.family_size if entry.family_size > 1 else None,
        family_could_be=entry.family_could_be if entry.family_could_be > entry.family_size else None,
        same_costs_as=[shapes.text(names[other]) for other in entry.same_costs_as],
        declaration_id=None if declared is None else str(declared.id),
        proposal_id=None if proposal is None else str(proposal.id),
        payment_id=str(proposal.payment_id) if proposal is not None and proposal.payment_id else None,
        referral=schema.BasketReferral(handler=declared.handler, reply_by=declared.reply_by)
        if waits and declared is not None and declared.reply_by is not None
        else None,
    )


def _plan(entry: Entry) -> Instalment:
    """The way to pay as chosen now: the proposal's, or the wish beside the quote with the loading in it."""
    if entry.proposal is not None:
        return entry.proposal.instalment
    plans = rating.instalments(entry.version, entry.quote.inputs, entry.premium_fen)
    return next((plan for plan in plans if plan.code == entry.item.instalment), plans[0])
