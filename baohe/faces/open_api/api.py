"""The open API for partners: signed requests, batches, problem documents."""

from ninja import NinjaAPI

from baohe.faces.problems import teach

api = NinjaAPI(title="Baohe open API", version="1", urls_namespace="open", docs_url=None)
teach(api)
