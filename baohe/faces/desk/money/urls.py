"""The addresses of the money pages below /desk/."""

from __future__ import annotations

from django.urls import path

from baohe.faces.desk.money import billing, books

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
]
