"""The addresses of the money pages below /desk/."""

from __future__ import annotations

from django.urls import path

from baohe.faces.desk.money import allowances, billing, books, commission, disbursements, introductions
from baohe.faces.desk.money.reconciling import days, download, items

urlpatterns = [
    path("billing/", billing.overdue, name="billing"),
    path("billing/suspended/", billing.suspended, name="billing-suspended"),
    path("billing/suspended/<uuid:policy_id>/end/", billing.end, name="billing-end"),
    path("billing/requests/", billing.requests, name="billing-requests"),
    path("billing/requests/<uuid:reinstatement_id>/", billing.request_file, name="billing-request"),
    path("billing/requests/<uuid:reinstatement_id>/decide/", billing.decide, name="billing-decide"),
    path("books/", books.trial, name="books"),
    path("books/trial-balance.<slug:kind>", books.trial_file, name="books-trial-file"),
    path("books/statement.<slug:kind>", books.account_file, name="books-account-file"),
    path("books/account/", books.account, name="books-account"),
    path("books/flow/", books.flow, name="books-flow"),
    path("books/insurers/", books.insurers, name="books-insurers"),
    path("books/closing/", books.closing, name="books-closing"),
    path("books/close/", books.close, name="books-close"),
    path("money/commission/", commission.producers, name="commission"),
    path("money/commission/producers/add/", commission.add, name="commission-add"),
    path("money/commission/producers/<uuid:producer_id>/", commission.account, name="commission-account"),
    path("money/commission/producers/<uuid:producer_id>/end/", commission.end, name="commission-end"),
    path("money/commission/changes/<uuid:change_id>/", commission.decide_change, name="commission-change"),
    path("money/commission/schedules/", commission.schedules, name="commission-schedules"),
    path("money/commission/schedules/set/", commission.set_schedule, name="commission-set"),
    path("money/commission/schedules/<uuid:schedule_id>/", commission.decide_schedule, name="commission-decide"),
    path("money/commission/deferred/", commission.deferred, name="commission-deferred"),
    path("allowances/", allowances.page, name="allowances"),
    path("allowances/campaigns/", allowances.open_campaign, name="allowances-open"),
    path("allowances/redeem/", allowances.redeem, name="allowances-redeem"),
    path("disbursements/", disbursements.page, name="disbursements"),
    path("disbursements/costs/", disbursements.record, name="disbursements-record"),
    path("disbursements/<uuid:disbursement_id>/account/", disbursements.account, name="disbursements-account"),
    path("disbursements/<uuid:disbursement_id>/approve/", disbursements.approve, name="disbursements-approve"),
    path("disbursements/<uuid:disbursement_id>/decline/", disbursements.decline, name="disbursements-decline"),
    path("introductions/", introductions.page, name="introductions"),
    path("introductions/agreements/", introductions.propose, name="introductions-propose"),
    path("introductions/agreements/<uuid:agreement_id>/approve/", introductions.approve, name="introductions-approve"),
    path("introductions/record/", introductions.record, name="introductions-record"),
    path("introductions/<uuid:introduction_id>/contact/", introductions.contact, name="introductions-contact"),
    path("money/reconciliation/", days.calendar, name="reconciliation"),
    path("money/reconciliation/suspense/", days.suspense, name="reconciliation-suspense"),
    path("money/reconciliation/items.<slug:kind>", download.items_file, name="reconciliation-file"),
    path("money/reconciliation/items/<uuid:item_id>/", items.item, name="reconciliation-item"),
    path("money/reconciliation/days/<slug:provider>/<slug:text>/", days.day, name="reconciliation-day"),
    path("money/reconciliation/items/<uuid:item_id>/assign/", items.assign, name="reconciliation-assign"),
    path("money/reconciliation/items/<uuid:item_id>/explain/", items.explain, name="reconciliation-explain"),
    path("money/reconciliation/items/<uuid:item_id>/propose/", items.propose, name="reconciliation-propose"),
    path(
        "money/reconciliation/items/<uuid:item_id>/bookings/<uuid:booking_id>/",
        items.decide,
        name="reconciliation-decide",
    ),
]
