"""The open API for partners: signed requests, batches, problem documents."""

from baohe.faces.documented import DocumentedAPI
from baohe.faces.open_api import claims, disputes, events, policies, products, settlement
from baohe.faces.open_api.signed import signed

api = DocumentedAPI(
    title="Baohe open API",
    version="1",
    description="Cover for a partner's own orders. Every request is signed after RFC 9421.",
    urls_namespace="open",
    openapi_url=None,
    auth=signed,
)
for module in (products, policies, events, claims, settlement, disputes):
    api.add_router("", module.router)
