"""Who may open what in the studio, page by page; and whoever may not has changed nothing."""

from __future__ import annotations

from uuid import UUID

import pytest

from baohe.faces.desk.studio.urls import urlpatterns
from baohe.faces.desk.tests import studio_world as world
from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.rooms.people.models import Account
from baohe.rooms.studio.contracts import ROLES as MAKERS

PAGES = (
    "studio",
    "studio-version",
    "studio-version-preview",
    "studio-version-cases",
    "studio-version-what-if",
    "studio-version-chart",
    "studio-version-diff",
    "studio-draft",
    "studio-edit",
    "studio-preview",
    "studio-cases",
    "studio-what-if",
    "studio-chart",
    "studio-diff",
)
PAPERS = "studio-source"
"""Only a draft that was read from papers has this page."""
WRITES = (
    "studio-upload",
    "studio-draft-from",
    "studio-stop",
    "studio-save",
    "studio-replace",
    "studio-submit",
    "studio-approve",
    "studio-return",
    "studio-number",
    "studio-publish",
    "studio-withdraw",
)


@pytest.fixture
def draft_id(on_sale: None) -> UUID:
    return world.uploaded(browser(member("product_manager", name="顾言")))


def test_the_matrix_knows_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*PAGES, PAPERS, *WRITES}


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("kind", ["anonymous", "dismissed"])
def test_outsiders_are_sent_to_sign_in(draft_id: UUID, kind: str) -> None:
    dismissed = member(*MAKERS)
    Account.objects.filter(id=dismissed.id).update(is_active=False)
    client = browser(dismissed if kind == "dismissed" else None)
    before = everything()
    for name in (*PAGES, PAPERS):
        assert client.get(world.page(name, draft_id)).status_code == 302, name
    for name in WRITES:
        answer = client.post(world.page(name, draft_id), world.said(name, draft_id))
        assert answer["Location"].startswith("/desk/sign-in/?next="), name
    assert everything() == before


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_each_duty_opens_its_own_pages_and_no_others(draft_id: UUID, role: str) -> None:
    client = browser(member(role))
    reads, writes = role in (*MAKERS, "auditor"), role in MAKERS
    before = everything()
    for name in PAGES:
        answer = client.get(world.page(name, draft_id))
        assert answer.status_code == (200 if reads else 403), name
    assert client.get(world.page(PAPERS, draft_id)).status_code == (404 if reads else 403)
    for name in WRITES:
        if not writes:
            assert client.post(world.page(name, draft_id), world.said(name, draft_id)).status_code == 403, name
        assert client.get(world.page(name, draft_id)).status_code == 405, name
    assert everything() == before


@pytest.mark.parametrize("name", WRITES)
def test_a_write_needs_its_token(draft_id: UUID, name: str) -> None:
    client = browser(member("actuary"))
    client.handler.enforce_csrf_checks = True
    before = everything()
    assert client.post(world.page(name, draft_id), world.said(name, draft_id)).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("role", MAKERS)
def test_a_product_person_begins_in_the_studio(on_sale: None, role: str) -> None:
    answer = browser(member(role)).get("/desk/")
    assert answer["Location"] == "/desk/studio/"
