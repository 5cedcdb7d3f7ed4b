"""The open API for partners: signed requests, batches, problem documents."""

from ninja import NinjaAPI

from baohe.faces.open_api import events, policies, products
from baohe.faces.open_api.signed import signed
from baohe.faces.problems import teach

api = NinjaAPI(
    title="Baohe open API",
    version="1",
    description="Cover for a partner's own orders. Every request is signed after RFC 9421.",
    urls_namespace="open",
    docs_url=None,
    openapi_url=None,
    auth=signed,
)
teach(api)
for module in (products, policies, events):
    api.add_router("", module.router)
