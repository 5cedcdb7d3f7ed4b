"""The frame around the pages of a draft or of a published version: what it is, its tabs, and how a refusal is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baohe.faces.desk.frame import show
from baohe.faces.desk.session import staff_at
from baohe.flows import publish_product
from baohe.flows.prove_package import Proof
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import ROLES, DraftView

RECENT = 12
"""Drafts beside a page, for J and K."""
READERS = (*ROLES, "auditor")


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: str
    url: str
    mark: str
    """good | wait | "" with `count` beside it."""
    count: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page looks at: a draft, or with `entry` instead of it a published version, which is only read."""

    product_code: str
    version: str
    proof: Proof
    draft: DraftView | None
    entry: catalog.ShelfEntry | None

    @property
    def version_id(self) -> str:
        return f"{self.product_code}@{self.version}"


def subject_of(draft_id: UUID | None, version_id: str) -> Subject:
    """The draft, or without one the published version from the catalogue. Raises `NotFound`."""
    if draft_id is not None:
        draft = studio.draft(draft_id)
        return Subject(draft.product_code, draft.version, publish_product.prove(draft), draft, None)
    entry = catalog.shelf_entry(version_id)
    return Subject(entry.product_code, entry.version, publish_product.prove_published(version_id), None, entry)


def show_subject(request: HttpRequest, page: str, subject: Subject, **facts: Any) -> HttpResponse:
    """A page that drafts and published versions share; `page` names its template and its tab."""
    template, tab = f"desk/studio/{page}.html", page.replace("_", "-")
    if subject.draft is not None:
        return show_draft(request, template, f"studio-{tab}", subject.draft, proof=subject.proof, **facts)
    assert subject.entry is not None
    return show_version(request, template, f"studio-version-{tab}", subject.entry, proof=subject.proof, **facts)


def show_draft(
    request: HttpRequest, template: str, here: str, draft: DraftView, status: int = 200, **facts: Any
) -> HttpResponse:
    """A page of a draft, with the proof of its files."""
    proof = facts.pop("proof", None) or publish_product.prove(draft)
    return show(
        request,
        template,
        "studio",
        status=status,
        around="desk/studio/_draft.html",
        draft=draft,
        proof=proof,
        product=proof.version,
        name=name_of(draft, proof),
        tabs=_tabs(draft, proof),
        tab=here,
        recent=studio.drafts(1, RECENT)[0],
        is_maker=staff_at(request).has(*ROLES),
        **facts,
    )


def show_version(
    request: HttpRequest, template: str, here: str, entry: catalog.ShelfEntry, status: int = 200, **facts: Any
) -> HttpResponse:
    """A page of a published version: the same tabs, nothing to change."""
    proof = facts.pop("proof", None) or publish_product.prove_published(entry.version_id)
    return show(
        request,
        template,
        "studio",
        status=status,
        around="desk/studio/_version.html",
        entry=entry,
        proof=proof,
        product=catalog.version(entry.version_id),
        sold=sold(entry, clock.today()),
        tabs=_tabs_of_version(entry, proof),
        tab=here,
        recent=studio.drafts(1, RECENT)[0],
        is_maker=staff_at(request).has(*ROLES),
        **facts,
    )


def sold(entry: catalog.ShelfEntry, today: date) -> str:
    """soon | on | followed | ended."""
    if entry.effective_from > today:
        return "soon"
    if entry.last_day is None or entry.last_day >= today:
        return "on"
    return "followed" if entry.followed_from is not None and entry.told_on is None else "ended"


def name_of(draft: DraftView, proof: Proof) -> str:
    """The product's name, or its code while the package cannot be read."""
    return proof.version.name.zh if proof.version is not None else draft.product_code


def _tabs(draft: DraftView, proof: Proof) -> list[Tab]:
    faults = len(proof.faults) if proof.version is None else 0
    pages = [("studio-draft", "总览", "", "")]
    if draft.sources:
        pages.append(("studio-source", "核对来源", "", ""))
    pages.append(("studio-edit", "文件", "wait" if faults else "good", str(faults) if faults else ""))
    pages += _shared("studio-", proof)
    return [Tab(name, label, reverse(f"desk:{name}", args=[draft.id]), m, c) for name, label, m, c in pages]


def _tabs_of_version(entry: catalog.ShelfEntry, proof: Proof) -> list[Tab]:
    pages = [("studio-version", "总览", "", ""), *_shared("studio-version-", proof)]
    return [Tab(name, label, reverse(f"desk:{name}", args=[entry.version_id]), m, c) for name, label, m, c in pages]


def _shared(prefix: str, proof: Proof) -> list[tuple[str, str, str, str]]:
    """Pages that drafts and versions both have."""
    failed = sum(not result.passed for result in proof.results)
    return [
        (f"{prefix}preview", "预览", "", ""),
        (f"{prefix}cases", "用例", "wait" if failed or not proof.results else "good", str(failed) if failed else ""),
        (f"{prefix}what-if", "试算", "", ""),
        (f"{prefix}chart", "费率图", "", ""),
        (f"{prefix}diff", "差异", "", ""),
    ]
