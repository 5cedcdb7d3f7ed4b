"""Doors for systems that call us back."""

from django.urls import URLPattern, re_path

from baohe.faces.callbacks import providers

urlpatterns: list[URLPattern] = [re_path(r"^(?P<provider>wallet|deduction|transfer)$", providers.notify)]
