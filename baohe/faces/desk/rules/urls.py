"""Addresses of 核保规则."""

from django.urls import path

from baohe.faces.desk.rules import pages, writing

urlpatterns = [
    path("rules/", pages.shelf, name="rules"),
    path("rules/start/", writing.start, name="rules-start"),
    path("rules/<uuid:set_id>/", pages.released, name="rules-released"),
    path("rules/<uuid:set_id>/jdm/", pages.released_file, name="rules-released-file"),
    path("rules/drafts/<uuid:draft_id>/", pages.draft, name="rules-draft"),
    path("rules/drafts/<uuid:draft_id>/jdm/", pages.draft_file, name="rules-draft-file"),
    path("rules/drafts/<uuid:draft_id>/table/<slug:table_id>/", writing.table, name="rules-table"),
    path("rules/drafts/<uuid:draft_id>/cases/", writing.cases, name="rules-cases"),
    path("rules/drafts/<uuid:draft_id>/import/", writing.read_in, name="rules-import"),
    path("rules/drafts/<uuid:draft_id>/submit/", writing.submit, name="rules-submit"),
    path("rules/drafts/<uuid:draft_id>/release/", writing.release, name="rules-release"),
    path("rules/drafts/<uuid:draft_id>/return/", writing.give_back, name="rules-return"),
]
