"""Sign, stamp and keep a printed paper: once a row, however often and by however many workers it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.rooms.documents import registry, storage
from baohe.rooms.documents.contracts import DocumentView, Insurer
from baohe.rooms.documents.errors import InsurerCertificateRefused, TimeStampAway
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.queries import view
from baohe.rooms.documents.typesetting import print_template

if TYPE_CHECKING:
    from baohe.adapters.signing.pdf import Signed


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper to be signed: the code of its template, what it is filled with, its moment, and why it is signed."""

    code: str
    content: Mapping[str, Any]
    at: datetime
    insurer: Insurer
    reason: str


def sign_and_keep(row: Document, draft: Draft) -> DocumentView:
    """The ready document of `row`.

    Printed, signed and stamped outside of any transaction, because the time stamp is a call to the outside. Then the
    row is locked, and who comes second finds the work done and drops its own. Killed after the file is written and
    before COMMIT, the repeat prints again over the same file name: one row, one file.
    Raises `TimeStampAway` and `InsurerCertificateRefused`: the row stays `preparing`, and no paper without a stamp or
    under a certificate that does not hold is ever called ready.
    """
    if row.state == Document.State.READY:
        return view(row)
    made = _make(draft)
    with transaction.atomic():
        row = Document.objects.select_for_update().get(id=row.id)
        if row.state == Document.State.READY:
            return view(row)
        storage.store(row.id, made.signed.content, {**draft.content, "printed-at": draft.at.isoformat()})
        _complete(row, made)
        return view(row)


@dataclass(frozen=True, slots=True)
class _Made:
    signed: Signed
    template: str
    detached: str


def _make(draft: Draft) -> _Made:
    # Late: the signing library would cost every process of the platform half a second at its start.
    from baohe.adapters.signing import pdf, sm2
    from baohe.adapters.signing.sm2_certificates import CertificateRefused
    from baohe.adapters.timestamp.port import NoTimeStamp

    insurer = draft.insurer
    template = registry.in_force(draft.code, business_date(draft.at))
    printed = print_template(template, draft.content, draft.at)
    try:
        signed = pdf.sign(printed, insurer.code, insurer.name.zh, draft.reason)
    except NoTimeStamp as failure:
        raise TimeStampAway(reason=f"{type(failure).__name__}: {failure}") from failure
    detached = ""
    if insurer.signature == "sm2":
        try:
            detached = sm2.sign(signed.content, insurer.code, insurer.name.zh, signed.stamp.at)
        except CertificateRefused as refused:
            raise InsurerCertificateRefused(insurer=insurer.name.zh, reason=refused.why) from refused
    return _Made(signed, template.key, detached)


def _complete(row: Document, made: _Made) -> None:
    signed = made.signed
    row.sha256 = sha256(signed.content).digest()
    row.size = len(signed.content)
    row.certificate_sha256 = bytes.fromhex(signed.fingerprint)
    row.signed_by = signed.signer_name
    row.signed_at = row.stamped_at = signed.stamp.at
    row.stamped_by = signed.stamp.authority
    row.template = made.template
    row.detached = made.detached
    row.profile = "sm2" if made.detached else signed.profile
    row.state = Document.State.READY
    row.save(
        update_fields=[
            *("sha256", "size", "certificate_sha256", "signed_by", "signed_at", "stamped_at", "stamped_by"),
            *("template", "detached", "profile", "state"),
        ]
    )
