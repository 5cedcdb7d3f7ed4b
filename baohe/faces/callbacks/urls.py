"""Doors for systems that call us back."""

from django.urls import URLPattern, path, re_path

from baohe.faces.callbacks import liveness, providers

urlpatterns: list[URLPattern] = [
    re_path(r"^(?P<provider>wallet|deduction|transfer)$", providers.notify),
    path("liveness", liveness.notify),
]
