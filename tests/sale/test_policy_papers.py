"""The papers of a policy: in one list, signed when first opened, the same file ever after, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.flows import cancel, deliver_endorsement, deliver_policy, purchase, suitable, underwrite
from baohe.flows.check_document import check_token
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.models import Document
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.suitability.contracts import Answers
from baohe.rooms.underwriting import facade as underwriting
from tests.sale import steps, world
from tests.sale.endorse_steps import LATER, insured, lowered
from tests.sale.suitability_steps import BONUS, SMALL, WAN
from tests.sale.test_journey import Phone
from tests.sale.world import Customer

ON_OPENING = ("receipt", "health-declaration", "own-choice")


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


def declared(lin: Customer, product: str = steps.MEDICAL, instalment: str = "single") -> ProposalView:
    """Drafted on a true declaration: healthy in every answer."""
    inputs = SMALL if product == BONUS else {}
    quote = steps.quoted(lin, product=product, **inputs)
    questions = catalog.version(quote.version_id).questionnaire
    healthy = {one.id: one.answers[0].value for one in questions if not one.asked_when}
    declaration = underwrite.declare(lin.id, quote.id, healthy, health_consent=True)
    return purchase.draft(lin.id, declaration.id, (), None, instalment)


def against_advice(lin: Customer) -> PolicyView:
    """Bought though her income is no more than the premium asks for, by a choice in her own hand."""
    proposal = steps.drafted(lin, product=BONUS, instalment="yearly", inputs=SMALL)
    suitable.answer(lin.id, proposal.id, Answers("heirs", "none", WAN, 100 * WAN))
    return steps.sold(proposal, "yearly")


def words(content: bytes) -> str:
    """Without the breaks of lines. A hyphen before a break comes as U+FFFE: an address broken there lost one."""
    paper = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    return text.replace("\ufffe", "-").replace("\r\n", "").replace("\n", "")


def listed(phone: Phone, policy: PolicyView) -> dict[str, dict]:
    return {one["kind"]: one for one in phone.get(f"policies/{policy.id}/papers")}


@pytest.mark.rule("SERV-1")
def test_every_paper_stands_in_one_list_and_looking_prints_nothing(lin: Customer, phone: Phone) -> None:
    policy = steps.sold(declared(lin))
    found = listed(phone, policy)
    assert list(found) == ["policy", "proposal", "health_declaration", "receipt"]
    assert [one["state"] for one in found.values()] == ["preparing", "shown", "on_opening", "on_opening"]
    assert (found["policy"]["url"], found["receipt"]["size"], found["receipt"]["verify_url"]) == (None, None, None)
    assert Document.objects.count() == 0

    deliver_policy.deliver(policy.id)
    paths = [one["url"].removeprefix("/api/shop/v1/") for one in phone.get(f"policies/{policy.id}/papers")]
    contents = [phone.get(path) for path in paths]

    assert all(content.startswith(b"%PDF-") for content in contents)
    after = listed(phone, policy)
    assert [one["state"] for one in after.values()] == ["signed", "shown", "signed", "signed"]
    assert [one["size"] for one in after.values()] == [len(content) for content in contents]
    assert [phone.get(path) for path in paths] == contents


@pytest.mark.rule("SALE-4")
def test_the_declaration_is_as_it_was_answered_decided_and_signed(lin: Customer, phone: Phone) -> None:
    proposal = declared(lin)
    shown = phone.get(f"proposals/{proposal.id}")["declaration_url"]
    before = phone.get(shown.removeprefix("/api/shop/v1/"))
    assert Document.objects.count() == 0  # there is no policy yet to keep it with
    policy = steps.sold(proposal)
    paper = phone.get(f"policies/{policy.id}/health-declaration.pdf")

    declaration = underwriting.declaration(lin.id, proposal.declaration_id)
    for content in (before, paper):
        text = words(content).replace(" ", "")
        for line in underwriting.own_answers(lin.id, declaration.id):
            assert line.question.zh.replace(" ", "") in text and line.answer.zh in text
        told_at = f"{declaration.created_at.astimezone(SHANGHAI):%Y-%m-%d%H:%M:%S}"
        for said in ("标准承保", declaration.version_id, told_at, "林知夏", "投保人签名"):
            assert said in text, said
    assert "未手写签名" in words(before) and "林知夏　签于 2026-11-22" in words(paper)
    # from now on the proposal gives the paper of the policy
    assert phone.get(f"proposals/{proposal.id}/health-declaration.pdf") == paper


@pytest.mark.rule("SALE-7")
def test_the_own_choice_shows_advice_figures_and_her_own_hand(lin: Customer, phone: Phone) -> None:
    policy = against_advice(lin)
    assert listed(phone, policy)["own_choice"]["state"] == "on_opening"
    paper = phone.get(f"policies/{policy.id}/own-choice.pdf")
    text = words(paper)
    picture = suitable.picture_of(policies.proposal_by_id(policy.proposal_id))
    assert picture.assessment is not None
    for said in (
        "建议：不要投保。", *(reason.text.zh for reason in picture.assessment.decision.reasons),
        "¥10,000.00", "¥1,000,000.00", "留给家人", "我仍然自己决定投保", "签名时间", "林知夏　签于 2026-11-22",
    ):  # fmt: skip
        assert said.replace(" ", "") in text.replace(" ", ""), said
    assert "未手写签名" not in text


@pytest.mark.rule("SERV-1")
@pytest.mark.parametrize("name", ON_OPENING)
def test_the_verify_page_knows_each_and_one_changed_byte_is_false(lin: Customer, phone: Phone, name: str) -> None:
    policy = against_advice(lin) if name == "own-choice" else steps.sold(declared(lin))
    content = phone.get(f"policies/{policy.id}/{name}.pdf")
    evidence.integrate()

    verdict = _verified(content)
    assert (verdict["genuine"], verdict["policy_number"], verdict["leaf_index"] is None) == (True, policy.number, False)
    assert verdict["signed_by"] and verdict["stamped_at"] and policy.insured_name not in str(verdict)
    kind = name.replace("-", "_")
    url = listed(phone, policy)[kind]["verify_url"]
    assert check_token(url.rsplit("/", 1)[1]).verdict.sha256 == verdict["sha256"]
    assert url in words(content)

    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    assert _verified(bytes(changed))["genuine"] is False


def _verified(content: bytes) -> dict:
    upload = {"file": SimpleUploadedFile("paper.pdf", content)}
    return Client().post("/api/public/v1/verify", upload).json()


@pytest.mark.rule("SALE-9")
def test_a_stranger_gets_404_and_nothing_is_printed(lin: Customer) -> None:
    policy = against_advice(lin)
    proposal = declared(lin)
    stranger, leaves = Phone(world.customer("13900000002")), EvidenceLeaf.objects.count()
    for path in ("papers", *(f"{name}.pdf" for name in (*ON_OPENING, "refund"))):
        stranger.get(f"policies/{policy.id}/{path}", status=404)
        assert Client().get(f"/api/shop/v1/policies/{policy.id}/{path}").status_code == 401
    stranger.get(f"proposals/{proposal.id}/health-declaration.pdf", status=404)
    assert (Document.objects.count(), EvidenceLeaf.objects.count()) == (0, leaves)


def test_what_was_never_stated_has_no_paper(lin: Customer, phone: Phone) -> None:
    policy = steps.sold(declared(lin))
    for path in ("own-choice.pdf", "refund.pdf"):
        phone.get(f"policies/{policy.id}/{path}", status=404)
    assert Document.objects.count() == 0


def test_opened_twice_it_is_printed_signed_and_recorded_once(lin: Customer, phone: Phone) -> None:
    policy = steps.sold(declared(lin))
    first = phone.get(f"policies/{policy.id}/receipt.pdf")
    with clock.travel(world.NOW + timedelta(days=400)):
        assert phone.get(f"policies/{policy.id}/receipt.pdf") == first
    assert Document.objects.filter(kind="receipt-1").count() == 1
    assert EvidenceLeaf.objects.filter(kind="paper_issued").count() == 1


def test_later_papers_come_into_the_same_list(lin: Customer, phone: Phone) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        changed = lowered(policy)
        assert listed(phone, policy)["endorsement"]["state"] == "preparing"
        deliver_endorsement._deliver(changed, changed.endorsements[0])
        endorsed = listed(phone, policy)["endorsement"]
        assert (endorsed["state"], endorsed["number"]) == ("signed", 1)
        assert phone.get(endorsed["url"].removeprefix("/api/shop/v1/")).startswith(b"%PDF-")
        back = policies.leaving(lin.id, policy.id).refund_fen
        cancel.cancel_policy(lin.id, policy.id, back, "leave-1", "")
        note = phone.get(f"policies/{policy.id}/refund.pdf")
        assert listed(phone, policy)["refund"]["state"] == "signed"
        assert policy.number in words(note)
        found = documents.verify_bytes(note)
        assert (found.genuine, found.what.zh.startswith("这份退费通知书")) == (True, True)
