from django.apps import AppConfig


class CoinsuranceConfig(AppConfig):
    name = "baohe.rooms.coinsurance"
    label = "coinsurance"
    default_auto_field = "django.db.models.BigAutoField"
