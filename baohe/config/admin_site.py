from django.contrib.admin.apps import AdminConfig


class BaoheAdminConfig(AdminConfig):
    """Django's admin under the platform's own site class (titles, theme, login)."""

    default_site = "baohe.faces.desk.site.DeskSite"
