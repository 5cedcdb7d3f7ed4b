"""What the machine read → fields a claimant confirms; what the claimant typed → facts for the rules. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from baohe.adapters.ocr.contracts import InvoiceReading, ReadValue
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import parse_yuan
from baohe.rooms.claims.contracts import ReadField
from baohe.rooms.claims.rules.assess import InvoiceFacts
from baohe.rooms.claims.rules.items import DAYS, items_of, normal_days

_HOSPITAL: Mapping[str, tuple[str, Text]] = {
    "patient": ("text", Text("就诊人", "Patient")),
    "date": ("date", Text("就诊日期", "Date")),
    "hospital": ("text", Text("医院", "Hospital")),
    "total": ("money", Text("金额合计", "Total")),
    "social_paid": ("money", Text("医保统筹支付", "Paid by social insurance")),
    "self_paid": ("money", Text("自费金额", "Outside the catalogue")),
    "number": ("text", Text("票据号码", "Invoice number")),
}
_SHOP: Mapping[str, tuple[str, Text]] = {
    "patient": ("text", Text("付款人", "Payer")),
    "date": ("date", Text("开票日期", "Date")),
    "hospital": ("text", Text("商家或机构", "Issuer")),
    "total": ("money", Text("金额合计", "Total")),
    "recovered": ("money", Text("已从别处获赔或退款", "Refunded or paid by others")),
    "number": ("text", Text("票据号码", "Bill number")),
}
"""A bill outside of medicine keeps the codes of the reader: one reader, one index of papers used before."""

FIELDS: Mapping[str, Mapping[str, tuple[str, Text]]] = {"invoice": _HOSPITAL, "bill": _SHOP}
_NOT_PRINTED = ("social_paid", "self_paid", "recovered")
"""What may be absent from a paper without a doubt: nothing was paid."""
LONGEST = 60


def fields_of(
    reading: InvoiceReading, insured_name: str, happened_on: date, paper: str = "invoice"
) -> tuple[ReadField, ...]:
    """The fields to confirm, in the order of the paper (invoice | bill). What was not read at all is asked for."""
    read = {value.code: value for value in reading.fields}
    unread = {code: ReadValue(code, "", 0, code != "recovered") for code in FIELDS[paper]}
    fields = [_field(paper, code, read.get(code) or unread[code]) for code in FIELDS[paper]]
    return tuple(_with_knowledge(field, insured_name, happened_on) for field in fields)


def blank_fields(paper: str = "invoice") -> tuple[ReadField, ...]:
    """For a picture nothing could be read from: all to be typed, all looked at by a person."""
    return tuple(_field(paper, code, ReadValue(code, "", 0, code not in _NOT_PRINTED)) for code in FIELDS[paper])


def correct(fields: Sequence[ReadField], values: Mapping[str, str]) -> tuple[ReadField, ...]:
    """The fields with the claimant's values; a value given, also the same one, confirms its field.

    Raises `InvalidInput` for an unknown field or a value that is none; then nothing is changed.
    """
    known = {field.code for field in fields}
    for code in values:
        if code not in known:
            raise InvalidInput(field=code, reason_zh="票据上没有这一项", reason_en="is not on this paper")
    return tuple(_typed(field, values[field.code]) if field.code in values else field for field in fields)


def invoice_facts(fields: Sequence[ReadField], insured_name: str, used_before: bool) -> InvoiceFacts:
    """What the rules see of one invoice."""
    by_code = {field.code: field for field in fields}
    day = by_code["date"].value
    return InvoiceFacts(
        day=date.fromisoformat(day) if day else None,
        total_fen=_fen(by_code["total"]),
        social_paid_fen=_fen_of(by_code, "social_paid"),
        self_paid_fen=_fen_of(by_code, "self_paid"),
        recovered_fen=_fen_of(by_code, "recovered"),
        patient_is_insured=_is_insured(by_code["patient"], insured_name),
        doubt_unconfirmed=any(field.doubtful and not field.confirmed for field in fields),
        raised=any(_raises(field) for field in fields),
        used_before=used_before,
        items=items_of(fields, {field.code: _fen(field) or 0 for field in fields if field.kind == "money"}),
        days=int(by_code[DAYS].value or 0) if DAYS in by_code else 0,
    )


def _field(paper: str, code: str, value: ReadValue) -> ReadField:
    kind, name = FIELDS[paper][code]
    return ReadField(
        code=code,
        name=name,
        kind=kind,
        value=value.value,
        read_value=value.value,
        confidence=value.confidence,
        doubtful=value.doubtful,
        suggestions=value.suggestions,
        box=tuple(value.box),
    )


def _with_knowledge(field: ReadField, insured_name: str, happened_on: date) -> ReadField:
    """What the claim knows and the paper's reader did not."""
    if field.code == "patient" and field.value != insured_name and _one_letter_apart(field.value, insured_name):
        return replace(field, doubtful=True, suggestions=(insured_name, field.value))
    if field.code == "date" and field.value and date.fromisoformat(field.value) < happened_on:
        return replace(field, doubtful=True, suggestions=field.suggestions or (field.value,))
    return field


def _typed(field: ReadField, typed: str) -> ReadField:
    value = _normal(field, typed.strip())
    return replace(field, value=value, corrected=value != field.read_value, confirmed=True)


def _normal(field: ReadField, typed: str) -> str:
    if field.kind == "money":
        fen = parse_yuan(typed) if typed else 0
        if fen < 0:
            raise InvalidInput(field=field.code, reason_zh="金额不能为负", reason_en="must not be negative")
        return f"{fen // 100}.{fen % 100:02d}"
    if field.kind == "days":
        return normal_days(field, typed)
    if field.kind == "date":
        try:
            return date.fromisoformat(typed).isoformat()
        except ValueError:
            raise InvalidInput(
                field=field.code, reason_zh="请写成 2026-11-20", reason_en="write it as 2026-11-20"
            ) from None
    if not typed or len(typed) > LONGEST or "\x00" in typed:
        raise InvalidInput(
            field=field.code, reason_zh=f"需要 1–{LONGEST} 个字", reason_en=f"needs 1 to {LONGEST} letters"
        )
    return typed


def _raises(field: ReadField) -> bool:
    """Whether a correction pays more than the reading, and the reader did not itself propose it."""
    if field.kind == "days":
        return field.corrected and int(field.value or 0) > int(field.read_value or 0)
    if field.kind != "money" or not field.corrected or field.value in field.suggestions:
        return False
    before, after = _read_fen(field), _fen(field) or 0
    if field.code == "total":
        return after > (before or 0)
    if before is None:
        return field.doubtful and after == 0
    return after < before


def _is_insured(field: ReadField, insured_name: str) -> bool:
    """The confirmed name is the insured's, and was not turned into it by more than a letter."""
    if _plain(field.value) != _plain(insured_name):
        return False
    return not field.corrected or _one_letter_apart(field.read_value, insured_name)


def _one_letter_apart(read: str, name: str) -> bool:
    return len(read) == len(name) and len(name) >= 2 and sum(a != b for a, b in zip(read, name, strict=True)) <= 1


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("·", "").replace("•", "").casefold()


def _fen(field: ReadField) -> int | None:
    return parse_yuan(field.value) if field.value else None


def _fen_of(by_code: Mapping[str, ReadField], code: str) -> int:
    """0 for what the paper does not have or does not say."""
    return (_fen(by_code[code]) or 0) if code in by_code else 0


def _read_fen(field: ReadField) -> int | None:
    return parse_yuan(field.read_value) if field.read_value else None
