from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    name = "baohe.rooms.identification"
    label = "identification"
    default_auto_field = "django.db.models.BigAutoField"
