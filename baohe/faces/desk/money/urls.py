"""The addresses of the money pages below /desk/."""

from __future__ import annotations

from baohe.faces.desk.money import books_urls, commission_urls, reconciliation_urls, settlement_urls

urlpatterns = [
    *books_urls.urlpatterns,
    *reconciliation_urls.urlpatterns,
    *settlement_urls.urlpatterns,
    *commission_urls.urlpatterns,
]
