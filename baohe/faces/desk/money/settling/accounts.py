"""Where parties are paid: set by one person, approved by another, with every account there ever was."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.money.settling.page import READERS, acted, actor, page
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import NotFound
from baohe.rooms.settlement import facade as settlement

VERBS = ("approve", "refuse")


@require_GET
@at_desk(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    known = settlement.accounts_now()
    by_party = {(one.party.id, one.state): one for one in known}
    rows = [
        (party, by_party.get((party.id, "approved")), by_party.get((party.id, "proposed")))
        for party in settlement.parties()
    ]
    return page(request, "accounts", "accounts", rows=rows)


@require_GET
@at_desk(*READERS)
def party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    found = next((one for one in settlement.parties() if one.id == party_id), None)
    if found is None:
        raise NotFound(what="结算对象")
    accounts = settlement.accounts(party_id)
    waiting = next((one for one in accounts if one.state == "proposed"), None)
    is_setter = waiting is not None and waiting.set_by == staff_at(request).id
    return page(request, "party", "accounts", party=found, accounts=accounts, waiting=waiting, is_setter=is_setter)


@require_POST
@at_desk("finance")
def propose(request: HttpRequest, party_id: UUID) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("bank", "holder", "number", "contact")}

    def act() -> str:
        settlement.propose_account(party_id, **said, actor=actor(request))
        return "已提交，等另一位财务复核"

    return acted(request, act, "desk:settlement-party", party_id)


@require_POST
@at_desk("finance")
def decide(request: HttpRequest, party_id: UUID, account_id: UUID, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404

    def act() -> str:
        if verb == "approve":
            settlement.approve_account(account_id, actor(request))
            return "已复核，已通知对方"
        settlement.refuse_account(account_id, request.POST.get("reason", ""), actor(request))
        return "已退回"

    return acted(request, act, "desk:settlement-party", party_id)
