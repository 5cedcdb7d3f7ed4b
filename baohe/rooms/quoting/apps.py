from django.apps import AppConfig


class QuotingConfig(AppConfig):
    name = "baohe.rooms.quoting"
    label = "quoting"
    default_auto_field = "django.db.models.BigAutoField"
