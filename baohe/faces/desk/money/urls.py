"""The addresses of the money pages below /desk/."""

from __future__ import annotations

from django.urls import path

from baohe.faces.desk.money import books, reconciliation

urlpatterns = [
    path("books/", books.trial, name="books"),
    path("books/trial-balance.<slug:kind>", books.trial_file, name="books-trial-file"),
    path("books/statement.<slug:kind>", books.account_file, name="books-account-file"),
    path("books/account/", books.account, name="books-account"),
    path("books/flow/", books.flow, name="books-flow"),
    path("books/insurers/", books.insurers, name="books-insurers"),
    path("books/closing/", books.closing, name="books-closing"),
    path("books/close/", books.close, name="books-close"),
    path("money/reconciliation/", reconciliation.calendar, name="reconciliation"),
    path("money/reconciliation/suspense/", reconciliation.suspense, name="reconciliation-suspense"),
    path("money/reconciliation/items.<slug:kind>", reconciliation.items_file, name="reconciliation-file"),
    path("money/reconciliation/items/<uuid:item_id>/", reconciliation.item, name="reconciliation-item"),
    path("money/reconciliation/days/<slug:provider>/<slug:text>/", reconciliation.day, name="reconciliation-day"),
    path("money/reconciliation/items/<uuid:item_id>/assign/", reconciliation.assign, name="reconciliation-assign"),
    path("money/reconciliation/items/<uuid:item_id>/explain/", reconciliation.explain, name="reconciliation-explain"),
    path("money/reconciliation/items/<uuid:item_id>/propose/", reconciliation.propose, name="reconciliation-propose"),
    path(
        "money/reconciliation/items/<uuid:item_id>/bookings/<uuid:booking_id>/",
        reconciliation.decide,
        name="reconciliation-decide",
    ),
]
