"""The addresses of 参数理赔 below /desk/."""

from django.urls import path

from baohe.faces.desk.parametric import pages

urlpatterns = [
    path("parametric/", pages.overview, name="parametric"),
    path("parametric/observations/<uuid:observation_id>/", pages.observation, name="parametric-observation"),
    path("parametric/observations/<uuid:observation_id>/propose/", pages.propose, name="parametric-propose"),
    path("parametric/rulings/<uuid:ruling_id>/confirm/", pages.confirm, name="parametric-confirm"),
    path("parametric/rulings/<uuid:ruling_id>/return/", pages.give_back, name="parametric-return"),
    path("parametric/breakers/<uuid:breaker_id>/ask/", pages.ask_reopen, name="parametric-ask-reopen"),
    path("parametric/breakers/<uuid:breaker_id>/reopen/", pages.reopen, name="parametric-reopen"),
]
