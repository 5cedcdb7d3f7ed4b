"""The addresses of the compliance pages below /desk/."""

from django.urls import path

from baohe.faces.desk.compliance import pages

urlpatterns = [
    path("compliance/", pages.queue, name="compliance"),
    path("compliance/hits/<uuid:hit_id>/", pages.hit, name="compliance-hit"),
    path("compliance/hits/<uuid:hit_id>/decide/", pages.decide, name="compliance-decide"),
    path("compliance/checks/<uuid:check_id>/", pages.end_check, name="compliance-check"),
]
