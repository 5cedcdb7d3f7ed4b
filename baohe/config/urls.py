"""Every door of the platform, in one list."""

from django.contrib import admin
from django.urls import include, path

from baohe.faces.callbacks.urls import urlpatterns as callbacks
from baohe.faces.open_api.api import api as open_api
from baohe.faces.public.urls import urlpatterns as public
from baohe.faces.shop.api import api as shop_api

urlpatterns = [
    path("api/shop/v1/", shop_api.urls),
    path("open/v1/", open_api.urls),
    path("callbacks/", include(callbacks)),
    path("desk/", include("baohe.faces.desk.urls")),
    path("desk/admin/", admin.site.urls),
    *public,
]
