"""Addresses of what is done for the customer around a sale: call-backs, help with its record, service clocks,
suitability."""

from django.urls import path

from baohe.faces.desk.care import call_backs, claim_calls, record_help, service_clocks, suitability

urlpatterns = [
    path("call-backs/", call_backs.queue, name="call-backs"),
    path("call-backs/<uuid:call_back_id>/", call_backs.call_back, name="call-back"),
    path("call-backs/<uuid:call_back_id>/record/", call_backs.record, name="call-back-record"),
    path("claim-calls/", claim_calls.queue, name="claim-calls"),
    path("claim-calls/<uuid:call_id>/", claim_calls.file, name="claim-call"),
    path("claim-calls/<uuid:call_id>/end/", claim_calls.end, name="claim-call-end"),
    path("record-help/", record_help.queue, name="record-helps"),
    path("record-help/<uuid:help_id>/", record_help.file, name="record-help"),
    path("record-help/<uuid:help_id>/link/", record_help.send_link, name="record-help-link"),
    path("record-help/<uuid:help_id>/end/", record_help.end, name="record-help-end"),
    path("service-clocks/", service_clocks.clocks, name="service-clocks"),
    path("suitability/", suitability.advised, name="suitability"),
    path("suitability/<uuid:proposal_id>/", suitability.file, name="suitability-file"),
    path("suitability/<uuid:proposal_id>/own-choice.pdf", suitability.own_choice, name="own-choice-paper"),
]
