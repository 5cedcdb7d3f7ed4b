"""Is this file genuine? Known to the last byte, signed by its insurer, under a certificate we know (SERV-1)."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from baohe.adapters.signing import authority
from baohe.kernel.decisions import Text
from baohe.kernel.errors import BaoheError
from baohe.rooms.documents import storage
from baohe.rooms.documents.contracts import Verdict
from baohe.rooms.documents.errors import FileTooLarge
from baohe.rooms.documents.models import Document

if TYPE_CHECKING:
    from baohe.adapters.signing.pdf import Inspection

MAX_FILE_BYTES = 10 * 1024 * 1024

_TOKEN = re.compile(r"^[A-Za-z0-9_-]{32,64}\Z")

_GENUINE = Text(
    "这份电子保单是真的：内容与签发时一字不差，保险人的数字签名有效。",
    "This policy is genuine: it is unchanged to the last byte and the insurer's signature holds.",
)
_PAPERS = {
    "endorsement": Text("批单", "endorsement"),
    "receipt": Text("保险费收据", "premium receipt"),
    "refund": Text("退费通知书", "refund note"),
    "health_declaration": Text("健康告知书", "health declaration"),
    "own_choice": Text("自主选择声明", "statement of one's own choice"),
}
"""Kind of paper, without its number → what the verdict calls it."""
_CHANGED = Text(
    "这份文件不是原件：它带有保险人的签名，但内容在签发之后被改动过，哪怕只有一个字节。",
    "This is not the original: it carries the insurer's signature, but it was changed after it was issued.",
)
_UNKNOWN = Text(
    "我们没有签发过这份文件。请核对是否选对了文件，或从保单页重新下载。",
    "We did not issue this file. Check that it is the right one, or download the policy again.",
)
_NOT_PDF = Text("这不是 PDF 文件，电子保单都是 PDF。", "This is not a PDF file; every policy document is one.")
_NO_TOKEN = Text(
    "没有这个验真码。请核对链接是否完整，或重新扫描二维码。",
    "There is no document under this code. Check that the link is complete, or scan the code again.",
)
_PREPARING = Text(
    "这份电子保单正在生成，请稍后再查。", "This policy document is still being prepared; look again in a moment."
)
_DAMAGED = Text(
    "我们保存的这份文件没有通过核验，已不能作为凭证；请联系客服。",
    "The copy we keep did not pass its own check and proves nothing now; please contact service.",
)


def judge_bytes(content: bytes) -> Verdict:
    """The verdict on an uploaded file. Raises `FileTooLarge`; never raises for what the file contains."""
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge(limit_mb=MAX_FILE_BYTES // 1024 // 1024)
    digest = sha256(content).digest()
    row = Document.objects.filter(sha256=digest, state=Document.State.READY).first()
    if row is not None:
        return _judge_known(row, content)
    if not content.startswith(b"%PDF-"):
        return Verdict(False, "not_pdf", _NOT_PDF, sha256=digest.hex())
    from baohe.adapters.signing import pdf  # late, as in `issue`

    if pdf.claimed_fingerprints(content) & authority.known_fingerprints():
        return Verdict(False, "changed", _CHANGED, sha256=digest.hex())
    return Verdict(False, "unknown", _UNKNOWN, sha256=digest.hex())


def judge_token(token: str) -> Verdict:
    """The verdict on the stored document behind a QR code, read from the disk and checked now."""
    row = Document.objects.filter(token=token).first() if _TOKEN.match(token) else None
    if row is None:
        return Verdict(False, "unknown_token", _NO_TOKEN)
    if row.state != Document.State.READY:
        return Verdict(False, "preparing", _PREPARING)
    try:
        content = storage.load(row.id)
    except BaoheError:
        return Verdict(False, "damaged", _DAMAGED)
    if sha256(content).digest() != bytes(row.sha256 or b""):
        return Verdict(False, "damaged", _DAMAGED)
    return _judge_known(row, content)


def _judge_known(row: Document, content: bytes) -> Verdict:
    digest = sha256(content).hexdigest()
    from baohe.adapters.signing import pdf  # late, as in `issue`

    found = pdf.inspect(content, row.signed_at) if row.signed_at else None
    if found is None or not _signature_holds(row, found) or not _detached_holds(row, content):
        return Verdict(False, "damaged", _DAMAGED, sha256=digest)
    return Verdict(
        genuine=True,
        code="genuine",
        what=_genuine(row.kind),
        document_id=row.id,
        policy_id=row.policy_id,
        policy_number=row.policy_number,
        insurer=Text(row.insurer_zh, row.insurer_en),
        product=Text(row.product_zh, row.product_en),
        insured_masked=row.insured_masked,
        start=row.start,
        last_day=row.last_day,
        sha256=digest,
        size=row.size,
        signed_by=found.signer_name,
        signed_at=row.signed_at,
        stamped_at=found.stamped_at,
        stamped_by=found.stamped_by or None,
        profile=row.profile,
        token=row.token,
    )


def _genuine(kind: str) -> Text:
    paper = _PAPERS.get(kind.split("-")[0])
    if paper is None:
        return _GENUINE
    return Text(
        f"这份{paper.zh}是真的：内容与签发时一字不差，保险人的数字签名有效。",
        f"This {paper.en} is genuine: it is unchanged to the last byte and the insurer's signature holds.",
    )


def _signature_holds(row: Document, found: Inspection) -> bool:
    """The insurer's signature, and the time stamp where the paper has one: a stamp that fell off is a change."""
    return (
        found.whole
        and found.trusted
        and found.fingerprint == bytes(row.certificate_sha256 or b"").hex()
        and found.fingerprint in authority.known_fingerprints()
        and (row.stamped_at is None or (found.long_term and found.stamped_at == row.stamped_at))
    )


def _detached_holds(row: Document, content: bytes) -> bool:
    """Where the profile has a detached signature, it must be there and hold, under a certificate of that insurer."""
    if row.profile != "sm2":
        return not row.detached
    from baohe.adapters.signing import sm2

    said = sm2.verify(content, row.detached)
    return said is not None and said.signed_at == row.stamped_at and said.organisation == row.insurer_zh
