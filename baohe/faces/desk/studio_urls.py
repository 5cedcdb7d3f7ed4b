"""The studio's addresses below /desk/studio/."""

from __future__ import annotations

from django.urls import path

from baohe.faces.desk import studio, studio_files, studio_pages, studio_steps

urlpatterns = [
    path("studio/", studio.shelf, name="studio"),
    path("studio/upload/", studio_files.upload, name="studio-upload"),
    path("studio/versions/<str:version_id>/", studio.version, name="studio-version"),
    path("studio/versions/<str:version_id>/draft/", studio_files.draft_from, name="studio-draft-from"),
    path("studio/versions/<str:version_id>/stop/", studio_steps.stop, name="studio-stop"),
    path("studio/<uuid:draft_id>/", studio.draft, name="studio-draft"),
    path("studio/<uuid:draft_id>/source/", studio_pages.source, name="studio-source"),
    path("studio/<uuid:draft_id>/edit/", studio_files.edit, name="studio-edit"),
    path("studio/<uuid:draft_id>/save/", studio_files.save, name="studio-save"),
    path("studio/<uuid:draft_id>/replace/", studio_files.replace, name="studio-replace"),
    path("studio/<uuid:draft_id>/preview/", studio_pages.preview, name="studio-preview"),
    path("studio/<uuid:draft_id>/cases/", studio_pages.cases, name="studio-cases"),
    path("studio/<uuid:draft_id>/what-if/", studio_pages.what_if, name="studio-what-if"),
    path("studio/<uuid:draft_id>/chart/", studio_pages.chart, name="studio-chart"),
    path("studio/<uuid:draft_id>/diff/", studio_pages.diff, name="studio-diff"),
    path("studio/<uuid:draft_id>/submit/", studio_steps.submit, name="studio-submit"),
    path("studio/<uuid:draft_id>/approve/", studio_steps.approve, name="studio-approve"),
    path("studio/<uuid:draft_id>/return/", studio_steps.return_draft, name="studio-return"),
    path("studio/<uuid:draft_id>/number/", studio_steps.number, name="studio-number"),
    path("studio/<uuid:draft_id>/publish/", studio_steps.publish, name="studio-publish"),
    path("studio/<uuid:draft_id>/withdraw/", studio_steps.withdraw, name="studio-withdraw"),
]
