"""The register of producers: one person proposes a change, another decides it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.commission.contracts import KINDS, ChangeView
from baohe.rooms.commission.errors import SamePersonDecides
from baohe.rooms.commission.models import Producer, RegisterChange
from baohe.rooms.commission.queries import NAME, change_view

_CODE = re.compile(r"^[a-z0-9][a-z0-9-]{2,19}$")


def propose_producer(
    staff: tuple[UUID, str],
    *,
    code: str,
    kind: str,
    name: str,
    registration_number: str,
    affiliation: str,
    first_day: date,
    reason: str = "",
) -> ChangeView:
    """A person for the register; `code` is what a link carries. Raises `InvalidInput`, `Conflict` for a code or a
    registration number that is taken."""
    _refuse_words(code, kind, name, registration_number)
    with transaction.atomic():
        if Producer.objects.filter(code=code).exists():
            raise Conflict(reason_zh=f"代码 {code} 已经有人用", reason_en=f"the code {code} is taken")
        if Producer.objects.filter(registration_number=registration_number).exists():
            raise Conflict(reason_zh="这个执业登记号已在册", reason_en="this registration is in the register")
        id_ = clock.new_id()
        row = Producer.objects.create(
            id=id_,
            code=code,
            kind=kind,
            name_sealed=vault.seal(NAME, id_, name.strip()),
            registration_number=registration_number,
            affiliation=affiliation,
            created_at=clock.now(),
        )
        return _propose(row, "add", first_day, reason or "登记", staff)


def propose_end(staff: tuple[UUID, str], producer_id: UUID, last_day: date, reason: str) -> ChangeView:
    """Take a person out of the register after `last_day`. Raises `InvalidInput`, `Conflict`, `NotFound`."""
    if not reason.strip():
        raise InvalidInput(field="reason", reason_zh="请写明原因", reason_en="say why")
    with transaction.atomic():
        row = Producer.objects.select_for_update().filter(id=producer_id).first()
        if row is None:
            raise NotFound(what="销售人员")
        if row.valid_from is None or row.valid_until is not None:
            raise Conflict(reason_zh="没有生效的登记", reason_en="there is no standing registration")
        if last_day < row.valid_from:
            raise InvalidInput(field="on", reason_zh="早于登记日", reason_en="before the first day")
        if row.changes.filter(decided_by=None).exists():
            raise Conflict(reason_zh="已有一项变更等待批准", reason_en="a change already waits for its decision")
        return _propose(row, "end", last_day, reason.strip()[:200], staff)


def decide_change(staff: tuple[UUID, str], change_id: UUID, approve: bool) -> None:
    """Raises `SamePersonDecides`, `Conflict` when it was decided before, `NotFound`."""
    with transaction.atomic():
        change = RegisterChange.objects.select_for_update().filter(id=change_id).first()
        if change is None:
            raise NotFound(what="登记变更")
        if change.decided_by is not None:
            raise Conflict(reason_zh="已经有人决定", reason_en="it is decided already")
        if change.proposed_by == staff[0]:
            raise SamePersonDecides(reason_zh="四眼原则", reason_en="four eyes")
        change.decided_by, change.decided_by_name = staff
        change.decided_at, change.approved = clock.now(), approve
        change.save(update_fields=["decided_by", "decided_by_name", "decided_at", "approved"])
        if approve:
            day = {"valid_from": change.on} if change.kind == "add" else {"valid_until": change.on}
            Producer.objects.filter(id=change.producer_id).update(**day)


def _propose(row: Producer, kind: str, on: date, reason: str, staff: tuple[UUID, str]) -> ChangeView:
    change = RegisterChange.objects.create(
        producer=row,
        kind=kind,
        on=on,
        reason=reason[:200],
        proposed_by=staff[0],
        proposed_by_name=staff[1],
        proposed_at=clock.now(),
    )
    return change_view(change)


def _refuse_words(code: str, kind: str, name: str, registration_number: str) -> None:
    if not _CODE.match(code):
        raise InvalidInput(field="code", reason_zh="3–20 个小写字母、数字或连字符", reason_en="3–20 of a–z, 0–9, -")
    if kind not in KINDS:
        raise InvalidInput(field="kind", reason_zh="代理人、经纪人或顾问", reason_en="agent, broker or adviser")
    if not 1 <= len(name.strip()) <= 40 or not name.isprintable():
        raise InvalidInput(field="name", reason_zh="写姓名，40 字以内", reason_en="the name, up to 40 characters")
    if not 6 <= len(registration_number) <= 40 or not registration_number.isalnum():
        raise InvalidInput(
            field="registration_number", reason_zh="6–40 位字母数字", reason_en="6–40 letters and digits"
        )
