"""How the studio says no."""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError, Conflict


class DraftMoved(Conflict):
    """Somebody saved in between, or the draft is in another state by now."""

    code = "draft_moved"


class SamePerson(BaoheError):
    """Four eyes: who submitted a draft cannot decide on it."""

    code = "same_person"
    status: ClassVar[int] = 403
    zh = "送审的人不能自己批准或退回"
    en = "Whoever submitted a draft cannot decide on it"
    next_zh = "请另一位产品经理或精算师复核"
    next_en = "Ask another product manager or actuary"


class UploadRefused(BaoheError):
    """One clear sentence for an upload that cannot be taken; nothing of it was kept. `place` is the file in it."""

    code = "upload_refused"
    status: ClassVar[int] = 422
    zh = "上传没有收下：{place} {reason_zh}"
    en = "The upload was not taken: {place} {reason_en}"
    next_zh = "改好后重新上传；什么都没有存"
    next_en = "Correct it and upload again; nothing was stored"


class NotReady(BaoheError):
    """A draft cannot take its next step yet."""

    code = "draft_not_ready"
    status: ClassVar[int] = 422
    zh = "还不能{step_zh}：{reason_zh}"
    en = "Cannot {step_en} yet: {reason_en}"
    next_zh = "改好后再试，草案没有变"
    next_en = "Correct it and try again; the draft did not change"
