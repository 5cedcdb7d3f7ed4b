from django.apps import AppConfig


class ParametricConfig(AppConfig):
    name = "baohe.rooms.parametric"
    label = "parametric"
    default_auto_field = "django.db.models.BigAutoField"
