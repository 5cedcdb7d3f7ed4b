"""核保规则 at the desk: rows changed in a form, cases tried, two names, and nobody else lets a rule in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.rules import urls
from baohe.faces.desk.tests.desk_world import browser, member
from baohe.plumbing import clock
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import RulePage
from baohe.rooms.underwriting.models import RuleDraft, RuleSet


@pytest.fixture
def ning(on_sale: None) -> Client:
    return browser(member("underwriter", name="沈宁"))


@pytest.fixture
def yuan(on_sale: None) -> Client:
    return browser(member("underwriter", name="顾远"))


@pytest.fixture
def draft(ning: Client) -> RulePage:
    [shipped] = underwriting.rule_sets()
    begun = ning.post(reverse("desk:rules-start"), {"base": str(shipped.id), "scope": "*", "name": "今年的通用规则"})
    assert begun.status_code == 302
    return underwriting.rule_draft(RuleDraft.objects.get().id)


def form_of(page: RulePage, table_id: str, **changes: str) -> dict[str, str]:
    """What a browser sends for a table, with some fields typed over."""
    table = next(item for item in page.tables if item.id == table_id)
    said: dict[str, str] = {"revision": str(page.revision)}
    for number, row in enumerate(table.rows):
        said[f"row-{number}-id"] = row.id
        said |= {f"row-{number}-c-{field}": row.cells.get(field, "") for field, _ in table.reads}
        said |= {f"row-{number}-s-{field}": row.says.get(field, "") for field in table.writes}
        said[f"row-{number}-note"] = row.note
    return said | changes


def save(who: Client, page: RulePage, table_id: str, **changes: str) -> Any:
    return who.post(reverse("desk:rules-table", args=[page.id, table_id]), form_of(page, table_id, **changes))


def again(page: RulePage) -> RulePage:
    return underwriting.rule_draft(page.id)


def rows_of(page: RulePage, table_id: str) -> list[str]:
    return [row.id for table in page.tables if table.id == table_id for row in table.rows]


def test_a_changed_row_is_saved_and_its_cases_follow(ning: Client, draft: RulePage) -> None:
    assert save(ning, draft, "build", **{"row-3-s-loading_bp": "3000"}).status_code == 302
    shown = ning.get(reverse("desk:rules-draft", args=[draft.id]) + "?table=build").content.decode()
    assert 'value="3000"' in shown
    assert {case.name for case in again(draft).cases if not case.passed} == {"BMI 32 加 25%", "BMI 32 又吸烟加 50%"}
    assert "2 例不符" in shown


def test_rows_are_added_moved_and_dropped(ning: Client, draft: RulePage) -> None:
    save(ning, draft, "occupation", do="add")
    assert rows_of(again(draft), "occupation") == ["thing", "outside", "heavy", "row_1", "otherwise"]
    save(ning, again(draft), "occupation", do="up:3")
    assert rows_of(again(draft), "occupation") == ["thing", "outside", "row_1", "heavy", "otherwise"]
    save(ning, again(draft), "occupation", do="down:9")
    save(ning, again(draft), "occupation", do="drop:2")
    assert rows_of(again(draft), "occupation") == ["thing", "outside", "heavy", "otherwise"]
    assert again(draft).faults == ()


@pytest.mark.rule("SERV-9")
def test_a_refused_row_leaves_what_was_typed_on_the_page(ning: Client, draft: RulePage) -> None:
    answer = save(ning, draft, "minors", **{"row-1-s-outcome": "decline", "row-1-s-reason_zh": "写了很久的理由"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "写了很久的理由" in shown
    assert "机器不得拒绝" in shown
    assert again(draft) == draft


def test_an_older_window_is_told_and_keeps_what_it_typed(ning: Client, yuan: Client, draft: RulePage) -> None:
    save(yuan, draft, "minors", **{"row-0-note": "先到"})
    answer = save(ning, draft, "minors", **{"row-0-note": "后到"})
    assert answer.status_code == 409
    assert "后到" in answer.content.decode()
    assert next(t for t in again(draft).tables if t.id == "minors").rows[0].note == "先到"


def test_a_case_is_added_by_what_differs_and_dropped(ning: Client, draft: RulePage) -> None:
    address = reverse("desk:rules-cases", args=[draft.id])
    case = {
        "name": "BMI 45",
        "base": "普通人 50 万寿险",
        "changes": "bmi_tenths=450",
        "outcome": "refer",
        "loading_bp": "0",
    }
    assert ning.post(address, {**case, "revision": "1"}).status_code == 302
    added = again(draft).cases[-1]
    assert (added.name, added.facts["bmi_tenths"], added.passed) == ("BMI 45", 450, True)
    wrong = ning.post(address, {**case, "name": "x", "changes": "bmi_tenths=9999", "revision": "2"})
    assert wrong.status_code == 422
    assert "bmi_tenths=9999" in wrong.content.decode()
    assert ning.post(address, {"drop": "BMI 45", "revision": "2"}).status_code == 302
    assert len(again(draft).cases) == len(draft.cases)


def test_two_names_release_and_the_export_reads_in_again(ning: Client, yuan: Client, draft: RulePage) -> None:
    exported = ning.get(reverse("desk:rules-draft-file", args=[draft.id]))
    assert json.loads(exported.content)["nodes"]
    file = SimpleUploadedFile("rules.json", exported.content, "application/json")
    read_in = ning.post(reverse("desk:rules-import", args=[draft.id]), {"file": file, "revision": "1"})
    assert read_in.status_code == 302
    assert again(draft).content == draft.content
    today = clock.today().isoformat()
    told = {"revision": str(again(draft).revision), "effective_from": today, "note": "照旧，换一版"}
    assert ning.post(reverse("desk:rules-submit", args=[draft.id]), told).status_code == 302
    assert ning.post(reverse("desk:rules-release", args=[draft.id])).status_code == 403
    assert RuleSet.objects.count() == 1
    released = yuan.post(reverse("desk:rules-release", args=[draft.id]))
    assert released.status_code == 302
    assert "沈宁" in yuan.get(reverse("desk:rules")).content.decode()
    assert yuan.get(released["Location"]).status_code == 200
    assert [(s.number, s.in_force) for s in underwriting.rule_sets()] == [(2, True), (1, False)]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b'{"nodes":[]}', b"x" * 600_000])
def test_a_file_that_is_no_rule_set_changes_nothing(ning: Client, draft: RulePage, content: bytes) -> None:
    file = SimpleUploadedFile("rules.json", content, "application/json")
    answer = ning.post(reverse("desk:rules-import", args=[draft.id]), {"file": file, "revision": "1"})
    assert answer.status_code == 422
    assert again(draft) == draft


def test_what_a_draft_would_change_is_shown_when_asked_for(ning: Client, draft: RulePage) -> None:
    save(ning, draft, "build", **{"row-3-s-loading_bp": "3000"})
    shown = ning.get(reverse("desk:rules-draft", args=[draft.id]) + "?simulate=1").content.decode()
    assert "load +25% → load +30%" in shown


def addresses(draft: RulePage) -> dict[str, list[str]]:
    """Every address of the pages: by whether it is read (True) or written."""
    [shipped] = underwriting.rule_sets()
    found: dict[str, list[str]] = {"GET": [], "POST": []}
    for pattern in urls.urlpatterns:
        names = pattern.pattern.converters
        known = {"draft_id": draft.id, "set_id": shipped.id, "table_id": "minors"}
        address = reverse(f"desk:{pattern.name}", kwargs={name: known[name] for name in names})
        found["GET" if pattern.callback.__module__.endswith("pages") else "POST"].append(address)
    return found


@pytest.mark.rule("DATA-5")
def test_only_underwriters_write_and_auditors_look(draft: RulePage) -> None:
    auditor, seller, outsider = browser(member("auditor")), browser(member("service")), Client()
    every = addresses(draft)
    assert (len(every["GET"]), len(every["POST"])) == (5, 7)
    for address in every["GET"]:
        found = [who.get(address).status_code for who in (auditor, seller, outsider)]
        assert found == [200, 403, 302], address
    for address in every["POST"]:
        found = [who.post(address, {"revision": "1"}).status_code for who in (auditor, seller, outsider)]
        assert found == [403, 403, 302], address
    assert again(draft) == draft
    assert (RuleSet.objects.count(), RuleDraft.objects.count()) == (1, 1)
