"""The studio's addresses below /desk/studio/."""

from __future__ import annotations

from django.urls import path

from baohe.faces.desk.studio import files, overview, pages, steps

urlpatterns = [
    path("studio/", overview.shelf, name="studio"),
    path("studio/upload/", files.upload, name="studio-upload"),
    path("studio/versions/<str:version_id>/", overview.version, name="studio-version"),
    path("studio/versions/<str:version_id>/draft/", files.draft_from, name="studio-draft-from"),
    path("studio/versions/<str:version_id>/stop/", steps.stop, name="studio-stop"),
    path("studio/versions/<str:version_id>/preview/", pages.preview, name="studio-version-preview"),
    path("studio/versions/<str:version_id>/cases/", pages.cases, name="studio-version-cases"),
    path("studio/versions/<str:version_id>/what-if/", pages.what_if, name="studio-version-what-if"),
    path("studio/versions/<str:version_id>/chart/", pages.chart, name="studio-version-chart"),
    path("studio/versions/<str:version_id>/diff/", pages.diff, name="studio-version-diff"),
    path("studio/<uuid:draft_id>/", overview.draft, name="studio-draft"),
    path("studio/<uuid:draft_id>/source/", pages.source, name="studio-source"),
    path("studio/<uuid:draft_id>/edit/", files.edit, name="studio-edit"),
    path("studio/<uuid:draft_id>/save/", files.save, name="studio-save"),
    path("studio/<uuid:draft_id>/replace/", files.replace, name="studio-replace"),
    path("studio/<uuid:draft_id>/preview/", pages.preview, name="studio-preview"),
    path("studio/<uuid:draft_id>/cases/", pages.cases, name="studio-cases"),
    path("studio/<uuid:draft_id>/what-if/", pages.what_if, name="studio-what-if"),
    path("studio/<uuid:draft_id>/chart/", pages.chart, name="studio-chart"),
    path("studio/<uuid:draft_id>/diff/", pages.diff, name="studio-diff"),
    path("studio/<uuid:draft_id>/submit/", steps.submit, name="studio-submit"),
    path("studio/<uuid:draft_id>/approve/", steps.approve, name="studio-approve"),
    path("studio/<uuid:draft_id>/return/", steps.return_draft, name="studio-return"),
    path("studio/<uuid:draft_id>/number/", steps.number, name="studio-number"),
    path("studio/<uuid:draft_id>/publish/", steps.publish, name="studio-publish"),
    path("studio/<uuid:draft_id>/withdraw/", steps.withdraw, name="studio-withdraw"),
]
