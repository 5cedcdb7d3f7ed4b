from django.contrib.admin import AdminSite


class DeskSite(AdminSite):
    """The desk for staff."""

    site_header = "保和 · 工作台"
    site_title = "保和工作台"
    index_title = "队列"
    enable_nav_sidebar = True
