from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "baohe.faces.desk"
    label = "desk"
