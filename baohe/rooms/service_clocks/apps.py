from django.apps import AppConfig


class ServiceClocksConfig(AppConfig):
    name = "baohe.rooms.service_clocks"
    label = "service_clocks"
    default_auto_field = "django.db.models.BigAutoField"
