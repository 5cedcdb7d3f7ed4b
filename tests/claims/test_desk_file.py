"""The claim file at the desk: messages, what a picture's own file says, and where each line of the story leads."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from baohe.faces.desk.tests.desk_world import browser, member
from baohe.flows import claim_messages, settle_claim
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import ClaimMessage, Milestone
from tests.claims import world
from tests.claims.test_api import Phone

ASKED = "病历明天才能拿到 <b>行吗</b>"
KEY = "0193aaaa-0000-7000-8000-000000000007"


@pytest.fixture
def claim(draft, submit, insured):
    """A handler's claim of an order that insures no person: what a person's file needs is not these tests' matter."""
    return submit(draft("other", policy_id=world.policy(insured.account_id, person_id=None)))


def page(claim, role: str = "claims_handler", more: str = "") -> str:
    address = reverse("desk:claim", args=[claim.id]) + more
    return browser(member(role)).get(address).content.decode()


def test_a_handler_reads_answers_and_the_mark_is_gone(claim, insured):
    claim_messages.write(insured.account_id, claim.id, ASKED, "k1")
    client = browser(member("claims_handler", name="沈一诺"))
    file = reverse("desk:claim", args=[claim.id])
    shown = client.get(file).content.decode()
    assert "病历明天才能拿到 &lt;b&gt;行吗" in shown
    assert "1 条留言待回复" in shown
    assert "11-23 18:00" in shown
    queue = client.get(reverse("desk:claims", args=["messages"])).content.decode()
    assert claim.number in queue
    assert "11-23 18:00" in queue

    said = {"key": KEY, "seen": "1", "text": "可以，这周内都行"}
    for _ in range(2):  # the same form sent twice
        assert client.post(reverse("desk:answer-message", args=[claim.id]), said).status_code == 302

    shown = client.get(file).content.decode()
    assert shown.count("可以，这周内都行") == 1
    assert "待回复" not in shown
    assert [one.author_name for one in ClaimMessage.objects.order_by("number")] == ["", "沈一诺"]


def test_what_was_typed_stays_when_it_was_refused(claim):
    client = browser(member("claims_handler"))
    for number in range(10):
        said = {"key": KEY[:-2] + f"{number:02}", "seen": "0", "text": f"第 {number} 句"}
        client.post(reverse("desk:answer-message", args=[claim.id]), said)
    answer = client.post(
        reverse("desk:answer-message", args=[claim.id]), {"key": KEY[:-2] + "99", "seen": "0", "text": "还有一句"}
    )
    assert answer.status_code == 429
    assert "还有一句</textarea>" in answer.content.decode()
    assert ClaimMessage.objects.count() == 10


def test_putting_aside_sends_nothing(claim, insured):
    claim_messages.write(insured.account_id, claim.id, "谢谢", "k1")
    client = browser(member("claims_handler"))
    client.post(reverse("desk:messages-aside", args=[claim.id]), {"seen": "1"})
    assert "待回复" not in client.get(reverse("desk:claim", args=[claim.id])).content.decode()
    assert ClaimMessage.objects.count() == 1


def test_an_auditor_reads_and_has_no_form(claim, insured):
    claim_messages.write(insured.account_id, claim.id, "谢谢", "k1")
    shown = page(claim, "auditor")
    assert "谢谢" in shown
    assert reverse("desk:answer-message", args=[claim.id]) not in shown
    assert reverse("desk:messages-aside", args=[claim.id]) not in shown


@pytest.mark.parametrize("more", ["?before=1", "?before=x", "?before=99999999999999", "?before=-1"])
def test_any_address_of_messages_shows_the_file(claim, more):
    assert "还没有留言" in page(claim, more=more)


def photo_saying(exif: Image.Exif) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(world.another_photo(7))) as picture:
        picture.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def test_the_paper_says_what_its_own_file_says_in_plain_words(draft, insured):
    claim = draft("other", policy_id=world.policy(insured.account_id, person_id=None))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "HUAWEI", "Mate 60", "Adobe Photoshop 25.1"
    exif[0x0132] = "2026:11:17 18:05:00"
    claims.add_paper(insured.account_id, claim.id, "record", photo_saying(exif))
    shown = page(claim)
    assert "2026-11-17 18:05 拍摄（相机自己的时间），早于出险日 3 天" in shown
    assert "用 HUAWEI Mate 60 拍" in shown
    assert "由修图程序 Adobe Photoshop 25.1 存过" in shown
    assert shown.count("照片没有带来源信息") == 2  # the two others say nothing


@pytest.mark.rule("SERV-7")
def test_every_line_of_the_story_leads_to_what_it_speaks_of(draft, submit, insured, wallet_says):
    paid = submit(draft(policy_id=world.policy(insured.account_id, person_id=None)))
    wallet_says("done")
    shown = page(paid, "auditor")
    links = re.findall(r'class="to" href="#([^"]+)">([^<]+)<', shown)
    assert ("decision-1", "第 1 次决定") in links
    assert ("payout-1", "这笔付款") in links
    assert len(links) == Milestone.objects.filter(claim_id=paid.id).count()
    for anchor, _ in links:
        assert f'id="{anchor}"' in shown, anchor
    assert "凭证 同意赔付" in shown
    assert "凭证 赔款到账" in shown
    assert reverse("desk:books-account") in shown  # an auditor may open the books
    assert reverse("desk:books-account") not in page(paid)


def test_the_english_story_names_the_insurer_in_english_also_in_rows_from_before(draft, submit, insured, wallet_says):
    claim = submit(draft())
    wallet_says("done")
    row = Milestone.objects.get(claim_id=claim.id, code="paid")
    assert (row.facts["insurer"], row.facts["insurer_en"]) == ("松涛财险", "Songtao P&C")
    for code, facts in (
        ("paid", row.facts),
        ("paid", {"insurer": "松涛财险"}),
        ("advance_paid", {"insurer": "松涛财险"}),
    ):
        Milestone.objects.create(claim_id=claim.id, shard_key=row.shard_key, at=row.at, code=code, facts=facts)
    told = [one for one in claims.claim_by_id(claim.id).timeline if one.code in ("paid", "advance_paid")]
    assert len(told) == 4
    for line in told:
        assert line.detail.en.startswith("Paid by Songtao P&C"), line
        assert line.detail.zh.startswith("松涛财险付出"), line


@pytest.mark.rule("SERV-9")
def test_a_refusal_names_both_people_and_the_file_says_whose_it_is(claim, insured, shen, gu):
    made = settle_claim.propose_refusal(
        shen.id, claim.id, pay_fen=0, refused_fen=10_000, clause="3.1", letter="条款 3.1 约定的情况不在保障内。"
    )
    settle_claim.confirm_refusal(gu.id, claim.id, made.id)
    told = Phone(insured.account_id).get(f"claims/{claim.id}").json()["decided_by"]
    assert told == {"zh": "沈一诺 经办，顾远 复核", "en": "Decided by 沈一诺, confirmed by 顾远"}
    shown = page(claim)
    assert "为什么不赔" in shown
    assert "为什么转人工" not in shown
    assert "沈一诺、顾远：不赔" in shown
    assert re.findall(r'class="to" href="#joint"', shown)
    assert 'id="joint"' in shown


def test_a_reading_that_found_nothing_is_not_called_sure(claim):
    shown = page(claim)
    assert "一般 0%" not in shown
    assert "没有读到" in shown
