"""What the room seals: the sentence, the insured's name, the read fields, corrections, letters, and the pictures.

A picture is sealed like a field, in a file named by the platform; the name that the customer's phone gave is never
kept.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.plumbing import files, vault
from baohe.plumbing.picture_grain import Place
from baohe.plumbing.picture_traces import NONE, Traces
from baohe.rooms.claims.contracts import ReadField
from baohe.rooms.claims.models import CallAsked, Claim, ClaimMessage, ClaimPaper, MoneyAct, Recovery

_SENTENCE = "claims_claim.sentence"
_INSURED = "claims_claim.insured_name"
_NOTE = "claims_claim.asked_note"
_FIELDS = "claims_claimpaper.fields"
_PICTURE = "claims_claimpaper.picture"
_TRACES = "claims_claimpaper.traces"
_ODD = "odd_places"
_CHANGE = "claims_correction.values"
_LETTER = "claims_jointdecision.letter"
_ACT = "claims_moneyact.reason"
_DEBTOR = "claims_recovery.debtor"
_CALL_SENTENCE = "claims_callasked.sentence"
_CALL_NOTE = "claims_callasked.note"
_MESSAGE = "claims_claimmessage.text"
_HIDDEN = ("heirs", "guardian", "holder", "bank", "number")


def seal_story(row: Claim, sentence: str, insured_name: str) -> None:
    row.sentence_sealed = vault.seal(_SENTENCE, row.id, sentence)
    row.insured_name_sealed = vault.seal(_INSURED, row.id, insured_name)


def sentence(row: Claim) -> str:
    return vault.unseal(_SENTENCE, row.id, bytes(row.sentence_sealed))


def insured_name(row: Claim) -> str:
    return vault.unseal(_INSURED, row.id, bytes(row.insured_name_sealed))


def seal_note(row: Claim, note: str) -> None:
    row.asked_note_sealed = vault.seal(_NOTE, row.id, note)


def note(row: Claim) -> str:
    return vault.unseal(_NOTE, row.id, bytes(row.asked_note_sealed)) if row.asked_note_sealed else ""


def seal_call_sentence(call_id: UUID, sentence: str) -> bytes:
    return vault.seal(_CALL_SENTENCE, call_id, sentence)


def call_sentence(row: CallAsked) -> str:
    return vault.unseal(_CALL_SENTENCE, row.id, bytes(row.sentence_sealed)) if row.sentence_sealed else ""


def seal_call_note(call_id: UUID, note: str) -> bytes:
    return vault.seal(_CALL_NOTE, call_id, note)


def call_note(row: CallAsked) -> str:
    return vault.unseal(_CALL_NOTE, row.id, bytes(row.note_sealed)) if row.note_sealed else ""


def seal_message(message_id: UUID, text: str) -> bytes:
    return vault.seal(_MESSAGE, message_id, text)


def message(row: ClaimMessage) -> str:
    return vault.unseal(_MESSAGE, row.id, bytes(row.text_sealed))


def seal_fields(row: ClaimPaper, fields: Iterable[ReadField]) -> None:
    """Store the fields and the keyed hashes by which a second use of the same invoice is found."""
    content = [asdict(field) for field in fields]
    row.fields_sealed = vault.seal(_FIELDS, row.id, json.dumps(content, ensure_ascii=False))
    values = {field["code"]: field["value"] for field in content}
    row.number_index = _index("claims_claimpaper.number", values.get("number", ""))
    facts = [values.get(code, "") for code in ("patient", "date", "hospital", "total")]
    row.facts_index = _index("claims_claimpaper.facts", "|".join(facts) if all(facts) else "")


def fields(row: ClaimPaper) -> tuple[ReadField, ...]:
    if row.fields_sealed is None:
        return ()
    content: list[dict[str, Any]] = json.loads(vault.unseal(_FIELDS, row.id, bytes(row.fields_sealed)))
    return tuple(
        ReadField(
            **{
                **item,
                "name": Text(**item["name"]),
                "suggestions": tuple(item["suggestions"]),
                "box": tuple(item["box"]),
            }
        )
        for item in content
    )


def store_picture(paper_id: UUID, at: datetime, jpeg: bytes) -> str:
    """Write the sealed picture; return its file name."""
    name = f"claims/{at:%Y-%m}/{paper_id}.sealed"
    files.write(name, vault.seal(_PICTURE, paper_id, base64.b64encode(jpeg).decode()))
    return name


def open_picture(row: ClaimPaper) -> bytes:
    return base64.b64decode(vault.unseal(_PICTURE, row.id, files.read(row.file_name)))


def seal_traces(paper_id: UUID, traces: Traces, odd: Sequence[Place] = ()) -> bytes | None:
    """None where neither the file nor its grain said anything."""
    if traces == NONE and not odd:
        return None
    content = {**asdict(traces), _ODD: [asdict(place) for place in odd]}
    return vault.seal(_TRACES, paper_id, json.dumps(content, ensure_ascii=False))


def traces(row: ClaimPaper) -> Traces:
    return Traces(**{key: value for key, value in _traces(row).items() if key != _ODD})


def odd_places(row: ClaimPaper) -> tuple[Place, ...]:
    """Papers from before they were looked for have none."""
    return tuple(
        Place(one["code"], tuple(one["box"]), tuple(one["twin"]), one["share"]) for one in _traces(row).get(_ODD, ())
    )


def _traces(row: ClaimPaper) -> dict[str, Any]:
    if row.traces_sealed is None:
        return {}
    content: dict[str, Any] = json.loads(vault.unseal(_TRACES, row.id, bytes(row.traces_sealed)))
    return content


def seal_change(change_id: UUID, before: str, after: str) -> bytes:
    return vault.seal(_CHANGE, change_id, json.dumps([before, after], ensure_ascii=False))


def change(change_id: UUID, sealed: bytes) -> tuple[str, str]:
    before, after = json.loads(vault.unseal(_CHANGE, change_id, sealed))
    return before, after


def seal_letter(joint_id: UUID, letter: str) -> bytes:
    return vault.seal(_LETTER, joint_id, letter)


def letter(joint_id: UUID, sealed: bytes) -> str:
    return vault.unseal(_LETTER, joint_id, sealed)


def seal_act(act: MoneyAct, reason: str) -> None:
    """The reason, of a recovery from whom, of a share who and where: none of it lies in the open facts."""
    hidden = {name: act.facts.pop(name) for name in _HIDDEN if name in act.facts}
    content = [reason, act.facts.pop("debtor", ""), hidden]
    act.reason_sealed = vault.seal(_ACT, act.id, json.dumps(content, ensure_ascii=False))


def act_reason(act: MoneyAct) -> str:
    return str(json.loads(vault.unseal(_ACT, act.id, bytes(act.reason_sealed)))[0])


def act_debtor(act: MoneyAct) -> str:
    return str(json.loads(vault.unseal(_ACT, act.id, bytes(act.reason_sealed)))[1])


def act_sealed(act: MoneyAct) -> dict[str, str]:
    """What was typed of heirs, a guardian or an account; {} for acts of other kinds."""
    content = json.loads(vault.unseal(_ACT, act.id, bytes(act.reason_sealed)))
    return dict(content[2]) if len(content) > 2 else {}


def seal_debtor(recovery_id: UUID, debtor: str) -> bytes:
    return vault.seal(_DEBTOR, recovery_id, debtor)


def debtor(row: Recovery) -> str:
    return vault.unseal(_DEBTOR, row.id, bytes(row.debtor_sealed))


def _index(column: str, value: str) -> bytes | None:
    return vault.blind_index(column, value) if value else None
