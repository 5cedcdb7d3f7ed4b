"""The frame around a draft's pages: its state, its steps, and what is said when a step is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from baohe.faces.desk.frame import show
from baohe.faces.desk.session import staff_at
from baohe.flows import publish_product
from baohe.flows.prove_package import Proof
from baohe.kernel.errors import BaoheError
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


def name_of(draft: DraftView, proof: Proof) -> str:
    """The product's name, or its code while the package cannot be read."""
    return proof.version.name.zh if proof.version is not None else draft.product_code


def _tabs(draft: DraftView, proof: Proof) -> list[Tab]:
    faults = len(proof.faults) if proof.version is None else 0
    failed = sum(not result.passed for result in proof.results)
    pages = [("studio-draft", "总览", "", "")]
    if draft.sources:
        pages.append(("studio-source", "核对来源", "", ""))
    pages += [
        ("studio-edit", "文件", "wait" if faults else "good", str(faults) if faults else ""),
        ("studio-preview", "预览", "", ""),
        ("studio-cases", "用例", "wait" if failed or not proof.results else "good", str(failed) if failed else ""),
        ("studio-what-if", "试算", "", ""),
        ("studio-chart", "费率图", "", ""),
        ("studio-diff", "差异", "", ""),
    ]
    return [Tab(name, label, reverse(f"desk:{name}", args=[draft.id]), m, c) for name, label, m, c in pages]


def act(
    request: HttpRequest,
    done: str,
    step: Callable[[], object],
    back: str,
    refused: Callable[[BaoheError], HttpResponse] | None = None,
) -> HttpResponse:
    """Do it and go to `back`; a refusal is said where the person stands."""
    try:
        step()
    except BaoheError as refusal:
        if refused is not None:
            return refused(refusal)
        messages.error(request, sentence(refusal))
        return redirect(back)
    messages.success(request, done)
    return redirect(back)


def sentence(refusal: BaoheError) -> str:
    return f"{refusal.message_zh}。{refusal.problem()['next']['zh']}"


def page_of(draft_id: UUID) -> str:
    return reverse("desk:studio-draft", args=[draft_id])


def open_draft(draft_id: UUID) -> DraftView:
    return studio.draft(draft_id)
