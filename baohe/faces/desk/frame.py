"""The frame around every page of the desk: the queues with their counts and nearest deadlines."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baohe.faces.desk.care.waiting import (
    CALLERS,
    CLAIM_CALLERS,
    CLOCK_READERS,
    READERS,
    call_backs_queue,
    claim_calls_queue,
    record_help_queue,
    service_clocks_queue,
    suitability_queue,
)
from baohe.faces.desk.fraud.panel import fraud_queue
from baohe.faces.desk.parametric.waiting import READERS as PARAMETRIC_READERS
from baohe.faces.desk.parametric.waiting import parametric_queue
from baohe.faces.desk.queue import Queue
from baohe.faces.desk.session import Staff, staff_at
from baohe.faces.desk.waiting import (
    BILLING_READERS,
    allowances_queue,
    billing_queue,
    books_queue,
    commission_queue,
    disbursements_queue,
    introductions_queue,
    reconciliation_queue,
    settlement_queue,
)
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.identification import facade as identification
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import ROLES
from baohe.rooms.underwriting import facade as underwriting


def queues_for(staff: Staff) -> list[Queue]:
    """Only the queues of one's own duty; auditors see all."""
    found: list[Queue] = []
    if staff.has("claims_handler", "auditor"):
        found += [
            Queue(c.queue, c.label.zh, c.count, c.nearest, reverse("desk:claims", args=[c.queue]))
            for c in claims.queue_counts()
        ]
        found.append(fraud_queue())
    if staff.has(*PARAMETRIC_READERS):
        found.append(parametric_queue())
    if staff.has("underwriter", "auditor"):
        page = underwriting.referrals(page=1, size=1)
        nearest = page.items[0].reply_by if page.items else None
        found.append(Queue("referrals", "核保转人工", page.total, nearest, reverse("desk:referrals")))
        drafts = underwriting.rule_drafts()
        found.append(Queue("rules", "核保规则", len(drafts), None, reverse("desk:rules")))
    if staff.has(*CALLERS):
        found += [call_backs_queue(), record_help_queue()]
    if staff.has(*CLAIM_CALLERS):
        found.append(claim_calls_queue())
    if staff.has(*CLOCK_READERS):
        found.append(service_clocks_queue())
    if staff.has(*READERS):
        found.append(suitability_queue())
    if staff.has("auditor", "underwriter", "claims_handler"):
        found.append(Queue("records", "销售记录", recordings.sales(1, 1)[1], None, reverse("desk:records")))
    if staff.has(*ROLES, "auditor"):
        _, total = studio.drafts(1, 1)
        found.append(Queue("studio", "产品工作室", total, None, reverse("desk:studio")))
    if staff.has(*BILLING_READERS):
        found.append(billing_queue())
    if staff.has("finance", "auditor"):
        found += [books_queue(), reconciliation_queue(), commission_queue(), settlement_queue(), introductions_queue()]
    if staff.has("finance", "claims_handler", "auditor"):
        found.append(disbursements_queue())
        waiting = claims.waiting_acts(1, 1)[1]
        found.append(Queue("claim_money", "赔款待复核", waiting, None, reverse("desk:money-acts")))
    if staff.has("compliance", "auditor"):
        count, nearest = identification.waiting()
        found.append(Queue("compliance", "身份核查", count, nearest, reverse("desk:compliance")))
    if staff.has("finance", "service", "auditor"):
        found.append(allowances_queue())
    return found


def show(request: HttpRequest, template: str, here: str, status: int = 200, **facts: Any) -> HttpResponse:
    staff = staff_at(request)
    context = {"staff": staff, "queues": queues_for(staff), "here": here, "now": clock.now(), **facts}
    return render(request, template, context, status=status)
