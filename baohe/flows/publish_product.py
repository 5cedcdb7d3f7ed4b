"""A draft becomes a product on sale, and a product leaves the shelf.

Steps: prove (rules, tariff, cases) → submit → another named person approves → number of the filing → publish.
What this flow will not do: approve for one's own draft, begin or end a sale in the past, publish what a case refutes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.flows.prove_package import Fault, Proof, prove_files, prove_version
from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.kernel.errors import Conflict, InvalidInput
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.commission import facade as commission
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import DraftView

_KEPT = 8
_proofs: OrderedDict[str, Proof] = OrderedDict()


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One rule looked at, as the second person reads it."""

    rule: str
    basis: str
    title: Text
    faults: tuple[Fault, ...]

    @property
    def passed(self) -> bool:
        return not self.faults


def files_of(draft: DraftView) -> dict[str, str]:
    """The draft's files as they would be published today, with the number of the filing as far as it is known."""
    number = draft.filing_number or studio.number_in(draft.files) or studio.AWAITED
    return studio.filed(draft.files, number)


def prove(draft: DraftView) -> Proof:
    """What the draft's own cases and the rules of publishing say of it. Nothing is raised for a faulty draft."""
    files = files_of(draft)
    key = digest([draft.version_id, files])
    return _kept(key, lambda: prove_files(draft.product_code, draft.version, files))


def prove_published(version_id: str) -> Proof:
    """The same cases of a published version, from the package in the catalogue. Raises `NotFound`."""
    version = catalog.version(version_id)
    return _kept(f"{version.id} {version.content_hash}", lambda: prove_version(version))


def _kept(key: str, prove_it: Callable[[], Proof]) -> Proof:
    known = _proofs.get(key)
    if known is None:
        known = _proofs[key] = prove_it()
        while len(_proofs) > _KEPT:
            _proofs.popitem(last=False)
    return known


def check_lines(draft: DraftView, proof: Proof) -> tuple[CheckLine, ...]:
    """Rule by rule, pass or fail. Empty while the package cannot be read at all: then its faults say why."""
    version = proof.version
    if version is None:
        return _lines_of_faults(proof)
    raw = catalog.raw_of(draft.product_code, draft.version, files_of(draft))
    lines = [CheckLine(c.rule, c.basis, c.title, ()) for c in catalog.checks(version, raw)]
    title = Text("销售期不从过去开始，不与已发布的版本同日", "The sale does not begin in the past")
    lines.append(CheckLine("PUB-2", "SAL 14", title, tuple(_window(draft, version))))
    title = Text("佣金上限不低于险种在用的佣金标准", "The filed cap carries the commission terms of its line")
    lines.append(CheckLine("OVER-2", "O13 35", title, tuple(_terms(version))))
    title = Text("费率能编译，卡片价格和全部用例一致", "The tariff compiles; card and cases come out")
    failed = (Fault("cases.yaml", 0, said, said) for said in proof.failures)
    lines.append(CheckLine("PUB-1", "O13 14", title, tuple(failed)))
    return tuple(lines)


def _lines_of_faults(proof: Proof) -> tuple[CheckLine, ...]:
    by_rule: dict[str, list[Fault]] = {}
    for fault in proof.faults:
        by_rule.setdefault(fault.rule or "PUB-2", []).append(fault)
    title = Text("没有通过", "Failed")
    return tuple(CheckLine(rule, "", title, tuple(faults)) for rule, faults in by_rule.items())


def _window(draft: DraftView, version: ProductVersion) -> Iterator[Fault]:
    if draft.state == "published":
        return
    today = clock.today()
    if version.effective_from < today:
        said = f"销售开始日 {version.effective_from} 已经过去，今天是 {today}"
        yield Fault("product.yaml", 0, said, f"the first day of sale {version.effective_from} has passed", "PUB-2")
    entries, _ = catalog.shelf(1, 1_000, draft.product_code)
    for entry in entries:
        if entry.effective_from == version.effective_from:
            said = f"{entry.version_id} 也从 {version.effective_from} 开始销售"
            yield Fault("product.yaml", 0, said, f"{entry.version_id} begins on the same day", "PUB-2")


def _terms(version: ProductVersion) -> Iterator[Fault]:
    """OVER-2: terms of a whole line must stay within the cap of each of its versions, also of a new one."""
    try:
        commission.refuse_over_cap(version)
    except commission.AboveFiledCap as refusal:
        yield Fault("product.yaml", 0, refusal.message_zh, refusal.message_en, "OVER-2")


def submit(staff_id: UUID, draft_id: UUID, revision: int) -> DraftView:
    """Raises `NotReady` with the first thing that is wrong."""
    _proved(studio.draft(draft_id), "送审", "submit")
    return studio.submit(staff_id, draft_id, revision)


def approve(staff_id: UUID, draft_id: UUID, note: str) -> DraftView:
    """Raises `SamePerson`; `NotReady` when a rule that held at submission no longer does (the date moved on)."""
    _proved(studio.draft(draft_id), "批准", "approve")
    return studio.approve(staff_id, draft_id, note)


def enter_filing_number(staff_id: UUID, draft_id: UUID, number: str) -> DraftView:
    number = number.strip()
    if not number or number == studio.AWAITED or len(number) > 80 or not number.isprintable():
        zh, en = "填监管给的备案号", "enter the number given at filing"
        raise InvalidInput(field="filing_number", reason_zh=zh, reason_en=en)
    return studio.enter_filing_number(staff_id, draft_id, number)


def publish(staff_id: UUID, draft_id: UUID) -> str:
    """One transaction: version, evidence leaf, the draft's last state. Returns the id of the version."""
    with transaction.atomic():
        draft = studio.mark_published(staff_id, draft_id)
        version = _proved(draft, "发布", "publish", at=clock.today())
        raw = catalog.raw_of(draft.product_code, draft.version, files_of(draft))
        if not catalog.publish([raw]):
            raise Conflict(reason_zh=f"{version.id} 已经发布", reason_en=f"{version.id} is published already")
        facts = {
            "version": version.id,
            "content_hash": version.content_hash,
            "filing_number": version.filing_number,
            "effective_from": str(version.effective_from),
        }
        evidence.append("product_published", version.id, facts, shard_of(version.id))
        return version.id


def stop_sale(staff_id: UUID, version_id: str, last_day: date) -> None:
    """The version is sold until the end of `last_day`, never back-dated (PUB-2). Policies run on."""
    with transaction.atomic():
        catalog.stop_sale(version_id, last_day)
        studio.note_stop(staff_id, version_id, f"最后销售日 {last_day}")
        facts = {"version": version_id, "last_day": str(last_day), "told_on": str(clock.today())}
        evidence.append("product_stopped", version_id, facts, shard_of(version_id))


def _proved(draft: DraftView, step_zh: str, step_en: str, at: date | None = None) -> ProductVersion:
    proof = prove(draft)
    if proof.version is None or proof.failures:
        first = proof.failures[0] if proof.failures else ""
        reason_en = proof.faults[0].said_en if proof.faults else first
        raise studio.NotReady(step_zh=step_zh, step_en=step_en, reason_zh=first, reason_en=reason_en)
    if at is not None and proof.version.effective_from < at:
        said, said_en = "销售开始日已经过去", "the first day of sale has passed"
        raise studio.NotReady(step_zh=step_zh, step_en=step_en, reason_zh=said, reason_en=said_en)
    for fault in (*_window(draft, proof.version), *_terms(proof.version)):
        raise studio.NotReady(step_zh=step_zh, step_en=step_en, reason_zh=fault.said_zh, reason_en=fault.said_en)
    return proof.version
