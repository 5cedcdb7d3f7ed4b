from django.apps import AppConfig


class DisbursementsConfig(AppConfig):
    name = "baohe.rooms.disbursements"
    label = "disbursements"
    default_auto_field = "django.db.models.BigAutoField"
