"""The addresses of the pages of signals below /desk/."""

from django.urls import path

from baohe.faces.desk.fraud import pages

urlpatterns = [
    path("fraud/", pages.signals, name="fraud"),
    path("claims/<uuid:claim_id>/signals/", pages.say, name="say-of-signals"),
]
