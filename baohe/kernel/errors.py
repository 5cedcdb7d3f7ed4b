"""One way to fail: a named class with a stable code and a sentence a customer can read.

Subclass `BaoheError` in the `errors.py` of your room. A message is a template filled from the facts given at
the raise; a fact that a template names but the raise forgets is a programming error and says so at once.
"""

from __future__ import annotations

from typing import Any, ClassVar


class BaoheError(Exception):
    """A refusal that a person can act on.

    `code` never changes once published (clients branch on it). `status` is the HTTP status of the problem
    document (RFC 9457). `zh`/`en` say what happened; `next_zh`/`next_en` say what to do now.
    """

    code: ClassVar[str] = "unexpected"
    status: ClassVar[int] = 400
    zh: ClassVar[str] = "出了点问题"
    en: ClassVar[str] = "Something went wrong"
    next_zh: ClassVar[str] = "请稍后再试"
    next_en: ClassVar[str] = "Please try again later"

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        self.message_zh = self.zh.format(**facts)
        self.message_en = self.en.format(**facts)
        super().__init__(f"{self.code}: {self.message_en}")

    def problem(self) -> dict[str, Any]:
        """RFC 9457 problem details; facts that are plain values ride along under their own names."""
        plain = {k: v for k, v in self.facts.items() if isinstance(v, str | int | bool | list)}
        return {
            **plain,
            "type": f"/problems/{self.code}",
            "title": self.message_en,
            "status": self.status,
            "detail": self.message_zh,
            "code": self.code,
            "message": {"zh": self.message_zh, "en": self.message_en},
            "next": {"zh": self.next_zh.format(**self.facts), "en": self.next_en.format(**self.facts)},
        }


class NotFound(BaoheError):
    """Also raised for things of other people: an outsider must not learn that they exist."""

    code = "not_found"
    status = 404
    zh = "没有找到{what}"
    en = "{what} was not found"
    next_zh = "请核对编号，或从列表重新打开"
    next_en = "Check the number, or open it again from the list"


class InvalidInput(BaoheError):
    """One field was wrong. `field` is the path of the field as the caller wrote it."""

    code = "invalid_input"
    status = 422
    zh = "{field}：{reason_zh}"
    en = "{field}: {reason_en}"
    next_zh = "请改好这一项再提交，其他内容都已保留"
    next_en = "Correct this field and send again; nothing else was lost"


class Conflict(BaoheError):
    code = "conflict"
    status = 409
    zh = "现在不能这样做：{reason_zh}"
    en = "Not possible now: {reason_en}"
    next_zh = "请刷新页面看最新状态"
    next_en = "Reload to see the current state"


class NotAllowed(BaoheError):
    code = "not_allowed"
    status = 403
    zh = "你没有做这件事的权限"
    en = "You are not allowed to do this"
    next_zh = "请换用有权限的账号，或联系管理员"
    next_en = "Use an account that may, or ask an administrator"
