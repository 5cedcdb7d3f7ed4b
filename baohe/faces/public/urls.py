"""The public face: verification, the log, explanations, and the app's shell for everything else."""

from django.urls import URLPattern, URLResolver, path, re_path

from baohe.faces.public import catalogue, log
from baohe.faces.public.api import api
from baohe.faces.public.app_shell import app
from baohe.faces.public.health import healthz
from baohe.faces.public.pages import site_file
from baohe.faces.public.problem_pages import problem_list, problem_page
from baohe.faces.public.reference import document, front, reference

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/public/v1/", api.urls),
    *log.urlpatterns,
    *catalogue.urlpatterns,
    path("healthz", healthz),
    path("problems/", problem_list),
    path("problems/<str:code>", problem_page),
    path("openapi/", front),
    path("openapi/<str:name>.json", document),
    path("openapi/<str:name>/", reference),
    path("site/<str:name>", site_file),
    re_path(r"^(?P<path>[\s\S]*)$", app),  # a line break in an address as well
]
