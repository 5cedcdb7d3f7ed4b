"""What the machine read → fields a claimant confirms; what the claimant typed → facts for the rules. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from baohe.adapters.ocr.contracts import PaperReading, ReadValue
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

_RECORD: Mapping[str, tuple[str, Text]] = {
    "hospital": ("text", Text("医院", "Hospital")),
    "patient": ("text", Text("患者", "Patient")),
    "admitted": ("date", Text("入院日期", "Admitted")),
    "discharged": ("date", Text("出院日期", "Discharged")),
    "diagnosis": ("text", Text("诊断", "Diagnosis")),
}
_IDENTITY: Mapping[str, tuple[str, Text]] = {
    "name": ("text", Text("姓名", "Name")),
    "identity_number": ("text", Text("身份证号", "Identity number")),
    "card_number": ("text", Text("银行卡号", "Number of the bank card")),
    "bank": ("text", Text("开户银行", "Bank")),
}
"""No code "number": the same card in two claims is no invoice used before."""

FIELDS: Mapping[str, Mapping[str, tuple[str, Text]]] = {
    "invoice": _HOSPITAL,
    "bill": _SHOP,
    "record": _RECORD,
    "identity": _IDENTITY,
    "relation": {},
}
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "invoice": ("medical_invoice", "vat_invoice"),
    "bill": ("vat_invoice", "receipt", "repair_bill", "medical_invoice"),
    "record": ("hospital_summary", "accident_certificate", "other"),
    "identity": ("id_card", "bank_card"),
    "relation": ("id_card", "other"),
}
"""Kinds of the reader that will do for a paper of ours; a record takes many forms, and proof of kinship too."""

_SOURCES: Mapping[str, Mapping[str, str]] = {
    "medical_invoice": {
        "patient": "patient_name",
        "date": "issue_date",
        "hospital": "hospital",
        "total": "total",
        "social_paid": "social_paid",
        "self_paid": "self_paid",
        "number": "invoice_number",
    },
    "vat_invoice": {
        "patient": "buyer_name",
        "date": "issue_date",
        "hospital": "seller_name",
        "total": "total",
        "number": "invoice_number",
    },
    "receipt": {"date": "date", "hospital": "company", "total": "total"},
    "repair_bill": {"patient": "customer", "date": "date", "hospital": "shop", "total": "total", "number": "number"},
    "hospital_summary": {
        "hospital": "hospital",
        "patient": "patient_name",
        "admitted": "admitted_on",
        "discharged": "discharged_on",
        "diagnosis": "diagnosis",
    },
    "id_card": {"name": "name", "identity_number": "number"},
    "bank_card": {"card_number": "number", "bank": "bank"},
}
"""Kind of the reader → our code → its code."""

_NOT_PRINTED = ("social_paid", "self_paid", "recovered")
"""What may be absent from a paper without a doubt: nothing was paid."""
_PROPOSED = ("record", "identity", "relation")
"""Papers whose fields are only proposed: no sum depends on them, so nobody has to confirm them before being paid."""
LONGEST = 60
_LONGER = {"diagnosis": 300}


def fields_of(
    reading: PaperReading, insured_name: str, happened_on: date, paper: str = "invoice"
) -> tuple[ReadField, ...]:
    """The fields to confirm, in the order of the paper (a key of `FIELDS`). What was not read at all is asked for."""
    sources = _SOURCES.get(reading.kind, {})
    read = {value.code: value for value in reading.fields}
    fields = [_field(paper, code, _source(read, sources.get(code, ""), code)) for code in FIELDS[paper]]
    return tuple(_with_knowledge(field, insured_name, happened_on) for field in fields)


def blank_fields(paper: str = "invoice") -> tuple[ReadField, ...]:
    """For a picture nothing could be read from: all to be typed, all looked at by a person."""
    return tuple(_field(paper, code, ReadValue(code, "", 0, code not in _NOT_PRINTED)) for code in FIELDS[paper])


def _source(read: Mapping[str, ReadValue], source: str, code: str) -> ReadValue:
    """What the reader says of a field; one that its kind of paper does not print is asked for.

    A receipt's day is taken in its ISO form. That nothing was paid by social insurance must be said by somebody: a
    figure that was not seen would pay too much.
    """
    value = read.get(source)
    if value is None:
        return ReadValue(code, "", 0, code not in ("self_paid", "recovered"))
    return replace(value, value=value.iso) if value.iso else value


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
        contradicted=_contradicted(fields),
        items_apart=bool(by_code["total"].items_sum) and by_code["total"].value != by_code["total"].items_sum,
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
        doubtful=value.doubtful and paper not in _PROPOSED,
        suggestions=value.suggestions,
        box=tuple(value.box),
        contradicted=value.contradicted and FIELDS[paper][code][0] == "money",
        items_sum=value.items_sum if code == "total" else "",
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
    longest = _LONGER.get(field.code, LONGEST)
    if not typed or len(typed) > longest or "\x00" in typed:
        raise InvalidInput(
            field=field.code, reason_zh=f"需要 1–{longest} 个字", reason_en=f"needs 1 to {longest} letters"
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


def _contradicted(fields: Sequence[ReadField]) -> bool:
    """Whether the paper's own figures disagree, and no correction to what they prove has settled it. Nobody settles
    it by insisting: that is what whoever changed a figure would do."""
    against = [field for field in fields if field.contradicted]
    return bool(against) and not any(field.corrected and field.value in field.suggestions for field in against)


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
