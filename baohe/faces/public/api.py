"""The public API: is this policy document genuine? Open to anyone, no session, no cookie."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse

from baohe.faces.documented import DocumentedAPI, file_answer
from baohe.faces.public.schemas import PublicVerdict, SignedPart
from baohe.faces.shop.schemas.basis import Text as TextOut
from baohe.flows.check_document import CheckedDocument, check_file, check_token
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.errors import FileTooLarge
from baohe.rooms.documents.facade import MAX_FILE_BYTES
from baohe.rooms.evidence import facade as evidence

_ENVELOPE_BYTES = 16 * 1024
"""Room for the multipart headers around the file."""

_FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}

api = DocumentedAPI(title="Baohe public API", version="1", urls_namespace="public", openapi_url=None)


@api.get("verify/{token}", response=PublicVerdict, summary="验真：扫码 · verify by code")
def verify_by_token(request: HttpRequest, response: HttpResponse, token: str) -> PublicVerdict:
    """The stored document behind a QR code, checked now (SERV-1)."""
    response["Cache-Control"] = "no-store"
    return _verdict(check_token(token))


@api.post("verify", response=PublicVerdict, summary="验真：上传文件 · verify a file", openapi_extra=_FILE_BODY)
def verify_by_file(request: HttpRequest, response: HttpResponse) -> PublicVerdict:
    """A file of at most 10 MB in the form field `file`. Nothing of it is kept (SERV-1)."""
    response["Cache-Control"] = "no-store"
    # Before the body is read: an upload that is too large must not reach the disk first.
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_FILE_BYTES + _ENVELOPE_BYTES:
        raise FileTooLarge(limit_mb=MAX_FILE_BYTES // 1024 // 1024)
    upload = request.FILES.get("file")
    if upload is None:
        raise InvalidInput(field="file", reason_zh="请选择一个文件", reason_en="choose a file")
    if upload.size is None or upload.size > MAX_FILE_BYTES:
        raise FileTooLarge(limit_mb=MAX_FILE_BYTES // 1024 // 1024)
    return _verdict(check_file(upload.read()))


@api.get("verify/{token}/proof", summary="离线证明 · offline proof", openapi_extra=file_answer("text/plain"))
def proof_of_token(request: HttpRequest, token: str) -> HttpResponse:
    """The `.tlog-proof` of the document, for `baohe verify FILE --proof`. Whoever has the code has the document."""
    checked = check_token(token)
    if checked.proof is None:
        raise NotFound(what="存证")
    text = evidence.proof_text(checked.proof, with_opening=True)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'attachment; filename="{checked.verdict.policy_number}.tlog-proof"'
    return response


@api.get("verify/{token}/sm2", summary="SM2 签名文件 · SM2 signature", openapi_extra=file_answer("application/json"))
def detached_of_token(request: HttpRequest, token: str) -> HttpResponse:
    """The detached SM2 signature of the document (DATA-7), where its insurer signs so. Whoever has the code has the
    document. The signature is over the other fields as canonical JSON, under the identity that they name."""
    found = check_token(token).verdict
    content = documents.detached_of(found.document_id) if found.genuine and found.document_id else None
    if content is None:
        raise NotFound(what="SM2 签名")
    response = HttpResponse(content, content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'attachment; filename="{found.policy_number}.sm2.json"'
    return response


def _verdict(checked: CheckedDocument) -> PublicVerdict:
    found, proof = checked.verdict, checked.proof
    return PublicVerdict(
        genuine=found.genuine,
        code=found.code,
        what=_text(found.what),
        policy_number=found.policy_number,
        insurer=_text(found.insurer) if found.insurer else None,
        product=_text(found.product) if found.product else None,
        insured_masked=found.insured_masked,
        start=found.start,
        last_day=found.last_day,
        state=checked.state,
        sha256=found.sha256,
        signed_by=found.signed_by,
        signed_at=found.signed_at,
        leaf_index=proof.leaf_index if proof else None,
        tree_size=proof.tree_size if proof else None,
        root_hash=_base64(proof.root_hash) if proof else None,
        proof=[_base64(node) for node in proof.proof] if proof else [],
        checkpoint=proof.checkpoint.note if proof else None,
        stamped_at=found.stamped_at,
        stamped_by=found.stamped_by,
        profile=found.profile,
        signature=[SignedPart(part=one.part, holds=one.holds, what=_text(one.what)) for one in checked.signature],
        detached_url=f"/api/public/v1/verify/{found.token}/sm2" if found.profile == "sm2" and found.token else None,
        proof_url=f"/api/public/v1/verify/{found.token}/proof" if proof and found.token else None,
    )


def _text(words: Text) -> TextOut:
    return TextOut(zh=words.zh, en=words.en)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
