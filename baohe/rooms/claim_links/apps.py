from django.apps import AppConfig


class ClaimLinksConfig(AppConfig):
    name = "baohe.rooms.claim_links"
    label = "claim_links"
    default_auto_field = "django.db.models.BigAutoField"
