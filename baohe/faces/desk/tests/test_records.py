"""The film of a sale: opened with a reason, logged, exported with its proof; disputes on the word of two people."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from baohe.faces.desk.tests.desk_world import ROLES, browser, everything, member
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.recordings.models import Hold, Part, Viewing
from tests.sale import steps, world
from tests.sale.conftest import lin, now, wallet_keys  # noqa: F401 - fixtures are found by their names here
from tests.sale.world import Customer

READERS = {"auditor", "underwriter", "claims_handler"}
pytestmark = pytest.mark.rule("SALE-5")


@pytest.fixture
def sold(lin: Customer) -> PolicyView:  # noqa: F811 - the fixture
    policy = steps.sold(steps.drafted(lin))
    evidence.integrate()
    return policy


@pytest.fixture
def player(tmp_path, monkeypatch):
    """A built player; its own behaviour is shown in the browser's tests."""
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "player.js").write_text("void 0 // </b>")
    (tmp_path / "film" / "player.css").write_text(".film{color:red}")
    monkeypatch.setattr(settings, "BAOHE_APP", tmp_path)


def _at(policy: PolicyView, *rest: str) -> str:
    return "/".join(["/desk/records", str(policy.id), *rest]) + ("" if rest and rest[-1].endswith(".json") else "/")


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_only_readers_open_a_record(sold: PolicyView, role: str) -> None:
    client = browser(member(role))
    before = everything()
    expected = 200 if role in READERS else 403
    assert client.get("/desk/records/").status_code == expected
    assert client.get(_at(sold)).status_code == expected
    for act in ("open", "export", "hold"):
        if role not in READERS:
            assert client.post(_at(sold, act), {"reason": "看看"}).status_code == 403
    # nothing is watched by anybody without a reason
    assert client.get(_at(sold, "film")).status_code == (302 if role in READERS else 403)
    assert client.get(_at(sold, "film.json")).status_code == 403
    # nor is a dispute lifted, or a film's style given out, by another duty
    if role not in READERS:
        hold = str(sold.id)
        for act in ("ask", "lift"):
            assert client.post(_at(sold, "hold", hold, act), {"reason": "看看"}).status_code == 403
        assert client.get(f"/desk/records/styles/{'0' * 64}.css").status_code == 403
    assert everything() == before


@pytest.mark.rule("DATA-5")
def test_a_film_opens_with_a_reason_that_is_logged(sold: PolicyView, player: None) -> None:
    client = browser(member("auditor", name="许安"))
    # without a reason nothing opens and nothing is logged
    assert client.post(_at(sold, "open"), {"reason": " "}).status_code == 422
    assert Viewing.objects.count() == 0
    # with one it does
    assert client.post(_at(sold, "open"), {"reason": "投诉核对免责提示"})["Location"] == _at(sold, "film")
    viewing = Viewing.objects.get()
    assert (viewing.policy_id, viewing.staff_name, viewing.reason) == (sold.id, "许安", "投诉核对免责提示")
    page = client.get(_at(sold, "film"))
    assert page.status_code == 200
    film = client.get(_at(sold, "film.json")).json()
    assert [one["recorded"] for one in film["kinds"]] == [True] * 8
    assert film["findings"] == []
    assert [event["type"] for event in film["reels"][0]["events"]][:2] == [4, 2]
    assert any("签名" in line["what"] for line in film["timeline"])
    assert any("付款" in line["what"] for line in film["timeline"])
    # and nobody else's session opens it
    assert browser(member("auditor")).get(_at(sold, "film.json")).status_code == 403


def test_the_policy_of_the_page_stays_strict(sold: PolicyView, player: None) -> None:
    client = browser(member("auditor"))
    client.post(_at(sold, "open"), {"reason": "抽查"})
    with_film = client.get(_at(sold, "film"))["Content-Security-Policy"]
    assert "unsafe" not in with_film
    assert "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" in with_film
    assert "sha256" not in client.get(_at(sold))["Content-Security-Policy"]


def test_a_changed_byte_is_shown(sold: PolicyView) -> None:
    body = bytes(Part.objects.get().body)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE recordings_part SET body = %s", [body[:-1] + bytes([body[-1] ^ 1])])
        cursor.execute("SET LOCAL session_replication_role = origin")
    page = browser(member("auditor")).get(_at(sold)).content.decode()
    assert "和存证不符" in page
    assert "内容被改动过" in page


def test_an_export_carries_everything_and_is_logged(sold: PolicyView, player: None) -> None:
    client = browser(member("claims_handler"))
    assert client.post(_at(sold, "export"), {"reason": ""}).status_code == 422
    assert Viewing.objects.count() == 0
    answer = client.post(_at(sold, "export"), {"reason": "法院调取"})
    assert answer["Content-Disposition"] == f'attachment; filename="{sold.number}.html"'
    assert Viewing.objects.get().exported
    text = answer.content.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert "default-src &#x27;none&#x27;" in policy
    assert "unsafe" not in policy
    film = json.loads(re.search(r'id="film-data">(.*?)</script>', text)[1])
    assert len(film["reels"][0]["parts"]) == 1
    assert film["proof"]["size"] >= 1
    assert json.loads(film["proof"]["opening"])["facts"]["recordings"][0]["head"] == film["reels"][0]["head"]


@pytest.mark.rule("SALE-6")
def test_a_hold_is_lifted_by_another_person(sold: PolicyView) -> None:
    shen, xu = browser(member("auditor", name="沈一诺")), browser(member("underwriter", name="许安"))
    shen.post(_at(sold, "hold"), {"reason": "投诉 T2026-0001"})
    hold = Hold.objects.get()
    assert shen.post(_at(sold, "hold", str(hold.id), "ask"), {"reason": "已和解"}).status_code == 302
    assert shen.post(_at(sold, "hold", str(hold.id), "lift")).status_code == 409
    hold.refresh_from_db()
    assert hold.lifted_at is None
    assert xu.post(_at(sold, "hold", str(hold.id), "lift")).status_code == 302
    hold.refresh_from_db()
    assert (hold.lift_asked_by_name, hold.lifted_by_name) == ("沈一诺", "许安")


@pytest.mark.rule("SALE-6")
def test_a_film_is_there_long_after_its_quote_has_run_out(sold: PolicyView) -> None:
    auditor = member("auditor")
    with clock.travel(world.NOW + timedelta(days=3_000)):
        shown = browser(auditor).get(_at(sold))
    assert shown.status_code == 200
    assert "报价 ¥" in shown.content.decode()


def test_a_policy_without_a_record_says_so(sold: PolicyView) -> None:
    client = browser(member("auditor"))
    assert client.get(f"/desk/records/{world.customer('13800000009').id}/").status_code == 404
