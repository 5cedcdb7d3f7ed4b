"""Which page of a list is asked for."""

from __future__ import annotations

from django.http import HttpRequest


def number_of(request: HttpRequest) -> int:
    """`?page=`, from 1; whatever is no such number is the first page."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000 else 1
