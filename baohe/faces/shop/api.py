"""The API of the consumer app. One router a subject; every write is guarded by the session and its CSRF token."""

from baohe.faces.documented import DocumentedAPI, WellFormedText
from baohe.faces.shop import (
    advice,
    adviser,
    basket,
    beneficiaries,
    billing,
    catalog,
    claims,
    coupons,
    family,
    home,
    identification,
    insured_consent,
    introductions,
    payments,
    policies,
    pricing,
    proposals,
    recordings,
    referrals,
    sign_in,
    suitability,
    underwriting,
)

api = DocumentedAPI(title="Baohe shop API", version="1", urls_namespace="shop", parser=WellFormedText())
for module in (
    sign_in,
    family,
    home,
    catalog,
    pricing,
    advice,
    adviser,
    referrals,
    underwriting,
    proposals,
    suitability,
    basket,
    payments,
    policies,
    billing,
    claims,
    coupons,
    introductions,
    insured_consent,
    beneficiaries,
    identification,
    recordings,
):
    api.add_router("", module.router)
