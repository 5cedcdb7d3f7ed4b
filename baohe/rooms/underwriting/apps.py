from django.apps import AppConfig


class UnderwritingConfig(AppConfig):
    name = "baohe.rooms.underwriting"
    label = "underwriting"
    default_auto_field = "django.db.models.BigAutoField"
