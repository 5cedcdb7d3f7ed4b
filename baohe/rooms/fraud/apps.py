from django.apps import AppConfig


class FraudConfig(AppConfig):
    name = "baohe.rooms.fraud"
    label = "fraud"
    default_auto_field = "django.db.models.BigAutoField"
