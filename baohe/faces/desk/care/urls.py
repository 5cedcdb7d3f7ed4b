"""Addresses of what is done for the customer around a sale: call-backs and suitability."""

from django.urls import path

from baohe.faces.desk.care import call_backs, suitability

urlpatterns = [
    path("call-backs/", call_backs.queue, name="call-backs"),
    path("call-backs/<uuid:call_back_id>/", call_backs.call_back, name="call-back"),
    path("call-backs/<uuid:call_back_id>/record/", call_backs.record, name="call-back-record"),
    path("suitability/", suitability.advised, name="suitability"),
    path("suitability/<uuid:proposal_id>/", suitability.file, name="suitability-file"),
    path("suitability/<uuid:proposal_id>/own-choice.pdf", suitability.own_choice, name="own-choice-paper"),
]
