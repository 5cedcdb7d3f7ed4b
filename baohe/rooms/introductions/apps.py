from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "baohe.rooms.introductions"
    label = "introductions"
    default_auto_field = "django.db.models.BigAutoField"
