from django.apps import AppConfig


class SuitabilityConfig(AppConfig):
    name = "baohe.rooms.suitability"
    label = "suitability"
    default_auto_field = "django.db.models.BigAutoField"
