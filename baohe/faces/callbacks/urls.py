"""Doors for systems that call us back."""

from django.urls import URLPattern, path

from baohe.faces.callbacks import wallet

urlpatterns: list[URLPattern] = [path("wallet", wallet.notify)]
