"""How the documents room refuses."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class DocumentNotReady(BaoheError):
    code = "document_not_ready"
    status = 409
    zh = "电子保单正在生成"
    en = "The policy document is being prepared"
    next_zh = "通常几秒内就好，请稍后再打开"
    next_en = "It is usually ready within seconds; open it again in a moment"


class FileTooLarge(BaoheError):
    code = "file_too_large"
    status = 413
    zh = "文件超过 {limit_mb} MB"
    en = "The file is larger than {limit_mb} MB"
    next_zh = "请上传原始的电子保单文件"
    next_en = "Upload the original policy file"


class DocumentCannotBePrinted(BaoheError):
    code = "document_cannot_be_printed"
    status = 500
    zh = "电子保单排版失败"
    en = "The policy document could not be set"
    next_zh = "系统会自动重试，保障不受影响"
    next_en = "The system will try again by itself; the cover is not affected"
