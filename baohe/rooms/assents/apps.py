from django.apps import AppConfig


class AssentsConfig(AppConfig):
    name = "baohe.rooms.assents"
    label = "assents"
    default_auto_field = "django.db.models.BigAutoField"
