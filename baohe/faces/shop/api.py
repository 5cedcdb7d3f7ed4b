"""The API of the consumer app. One router a subject; every write is guarded by the session and its CSRF token."""

from ninja import NinjaAPI

from baohe.faces.problems import teach
from baohe.faces.shop import (
    catalog,
    claims,
    family,
    home,
    payments,
    policies,
    pricing,
    proposals,
    sign_in,
    underwriting,
)

api = NinjaAPI(title="Baohe shop API", version="1", urls_namespace="shop", docs_url=None)
teach(api)
for module in (sign_in, family, home, catalog, pricing, underwriting, proposals, payments, policies, claims):
    api.add_router("", module.router)
