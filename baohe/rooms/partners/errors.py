"""How a partner's request is refused before anything else is looked at."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class SignatureMissing(BaoheError):
    code = "signature_missing"
    status = 401
    zh = "请求没有签名"
    en = "The request is not signed"
    next_zh = "请按 RFC 9421 用登记的密钥签名（Signature-Input 与 Signature 头）"
    next_en = "Sign it with your registered key after RFC 9421 (headers Signature-Input and Signature)"


class SignatureInvalid(BaoheError):
    code = "signature_invalid"
    status = 401
    zh = "请求签名无效：{why_zh}"
    en = "The request's signature is invalid: {why_en}"
    next_zh = "请核对密钥、签名覆盖的部分和本机时间"
    next_en = "Check the key, the covered components and your clock"


class RequestReplayed(BaoheError):
    code = "request_replayed"
    status = 401
    zh = "这个请求已经收到过（nonce 重复）"
    en = "This request was received before (repeated nonce)"
    next_zh = "重试时请换新的 nonce 重新签名；业务编号不变，不会重复出单"
    next_en = "Sign the retry with a new nonce; your reference stays, so nothing is issued twice"
