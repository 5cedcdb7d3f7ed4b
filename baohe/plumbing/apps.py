from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "baohe.plumbing"
    label = "plumbing"
    default_auto_field = "django.db.models.BigAutoField"
