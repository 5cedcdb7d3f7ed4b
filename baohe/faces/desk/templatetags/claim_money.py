"""The money of a claim for whichever page shows it: `{% money_of claim.id as money %}`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms, template
from django.urls import reverse
from django.utils.http import urlencode

from baohe.faces.desk.claim_money import (
    CAUSE_NAMES,
    FORMS,
    HOW_NAMES,
    KIND_NAMES,
)
from baohe.faces.desk.claim_shares import ShownShare, shown
from baohe.faces.desk.money.books import READERS as BOOK_READERS
from baohe.faces.desk.session import Staff, staff_at
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.facade import ClaimMoney, MoneyActView, PayoutView, RecoveryView
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.contracts import EntryView

register = template.Library()

_PAYOUTS = 20
_ENTRIES = ("claim_agreed", "claim_paid")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows, and the empty forms of what this person may do now."""

    facts: ClaimMoney
    waiting: tuple[tuple[MoneyActView, bool], ...]
    """Each with whether this person may give it its second name."""
    past: tuple[MoneyActView, ...]
    recoveries: tuple[tuple[RecoveryView, forms.Form, forms.Form], ...]
    payouts: tuple[tuple[PayoutView, list[tuple[EntryView, str, str]]], ...]
    """Each with its entries in the books, what they are called and, for whoever may open the books, where."""
    shares: tuple[ShownShare, ...]
    forms: dict[str, forms.Form]
    is_handler: bool
    may_act: bool


@register.simple_tag(takes_context=True)
def money_of(context: template.Context, claim_id: UUID) -> Shown:
    staff = staff_at(context["request"])
    facts = claims.money_of(staff.id, claim_id)
    is_handler = staff.has("claims_handler")
    offered = {
        "estimate": facts.may_estimate,
        "advance": facts.advance is not None and facts.advance.ordered_at is None,
        "correction": facts.may_correct,
        "recovery": facts.may_correct,
        "reopen": facts.may_reopen,
        "heirs": facts.heirs_unknown,
    }
    certain = facts.advance.certain_fen if facts.advance else 0
    initial = {"advance": {"amount_fen": yuan(certain) if certain else ""}}
    return Shown(
        facts=facts,
        waiting=tuple(
            (act, staff.has(*act.checkers) and act.maker_id != staff.id) for act in facts.acts if act.state == "waiting"
        ),
        past=tuple(act for act in facts.acts if act.state != "waiting"),
        recoveries=tuple((one, _of(one, "receipt"), _of(one, "write_off")) for one in facts.recoveries),
        payouts=tuple((one, _entries(one, facts.shard_key, staff)) for one in facts.payouts[-_PAYOUTS:]),
        shares=tuple(shown(one, is_handler) for one in facts.share_states),
        forms={
            kind: FORMS[kind](initial={"key": clock.new_id()} | initial.get(kind, {}), auto_id=False)
            for kind, now in offered.items()
            if now and is_handler
        },
        is_handler=is_handler,
        may_act=is_handler or staff.has("finance"),
    )


@register.filter
def act_kind(code: str) -> str:
    return KIND_NAMES[code]


@register.filter
def how(code: str) -> str:
    return HOW_NAMES.get(code, "")


@register.filter
def cause(code: str) -> str:
    return CAUSE_NAMES[code]


def _of(one: RecoveryView, kind: str) -> forms.Form:
    return FORMS[kind](
        initial={"key": clock.new_id(), "recovery": one.id, "amount_fen": yuan(one.open_fen)}, auto_id=False
    )


def _entries(one: PayoutView, shard_key: int, staff: Staff) -> list[tuple[EntryView, str, str]]:
    found = [ledger.entry_of(shard_key, kind, one.key) for kind in _ENTRIES]
    return [(entry, ledger.KIND_NAMES[entry.kind], _in_books(entry, staff)) for entry in found if entry]


def _in_books(entry: EntryView, staff: Staff) -> str:
    """The statement of the entry's first account in its month; "" for whoever may not open the books."""
    if not entry.postings or not staff.has(*BOOK_READERS):
        return ""
    month = f"{entry.business_date:%Y-%m}"
    said = urlencode({"account": entry.postings[0].account, "first": month, "last": month})
    return f"{reverse('desk:books-account')}?{said}"
