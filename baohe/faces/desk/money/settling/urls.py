"""The addresses of settlement below /desk/money/settlement/."""

from __future__ import annotations

from django.urls import path

from baohe.faces.desk.money.settling import accounts, batches, disputes, statements

_BASE = "money/settlement"

urlpatterns = [
    path(f"{_BASE}/", statements.month, name="settlement"),
    path(f"{_BASE}/issue/", statements.issue, name="settlement-issue"),
    path(f"{_BASE}/statements/<uuid:statement_id>/", statements.statement, name="settlement-statement"),
    path(f"{_BASE}/statements/<uuid:statement_id>/file.<slug:kind>", statements.file, name="settlement-file"),
    path(f"{_BASE}/statements/<uuid:statement_id>/agree/", statements.agree, name="settlement-agree"),
    path(f"{_BASE}/statements/<uuid:statement_id>/collect/", statements.collect, name="settlement-collect"),
    path(f"{_BASE}/statements/<uuid:statement_id>/dispute/", statements.dispute, name="settlement-dispute-for"),
    path(f"{_BASE}/disputes/", disputes.queue, name="settlement-disputes"),
    path(f"{_BASE}/disputes/<uuid:dispute_id>/", disputes.dispute, name="settlement-dispute"),
    path(f"{_BASE}/disputes/<uuid:dispute_id>/<slug:verb>/", disputes.act, name="settlement-dispute-act"),
    path(f"{_BASE}/batches/", batches.queue, name="settlement-batches"),
    path(f"{_BASE}/batches/make/", batches.make, name="settlement-make"),
    path(f"{_BASE}/batches/<uuid:batch_id>/", batches.batch, name="settlement-batch"),
    path(f"{_BASE}/batches/<uuid:batch_id>/<slug:verb>/", batches.decide, name="settlement-decide"),
    path(f"{_BASE}/accounts/", accounts.queue, name="settlement-accounts"),
    path(f"{_BASE}/accounts/<uuid:party_id>/", accounts.party, name="settlement-party"),
    path(f"{_BASE}/accounts/<uuid:party_id>/propose/", accounts.propose, name="settlement-propose"),
    path(
        f"{_BASE}/accounts/<uuid:party_id>/<uuid:account_id>/<slug:verb>/",
        accounts.decide,
        name="settlement-decide-account",
    ),
]
