"""How the reconciliation refuses."""

from collections.abc import Mapping
from typing import ClassVar

from baohe.kernel.errors import BaoheError, Conflict


class NotBilled(Conflict):
    """No bill that may be used: a day is matched whole or not at all. The fact `broken` tells why."""

    NOT_READY: ClassVar[Mapping[str, str]] = {"reason_zh": "还没有出", "reason_en": "is not ready yet"}

    code = "not_billed"
    zh = "{provider} {day} 的账单{reason_zh}，没有对账"
    en = "The bill of {provider} for {day} {reason_en}; nothing was matched"
    next_zh = "系统会自动再取；过了时限会列为差异"
    next_en = "It is fetched again by itself, and becomes an item when it stays away"


class DayNotOver(Conflict):
    code = "day_not_over"
    zh = "{day} 还没有过完，没有账单可对"
    en = "{day} is not over yet and has no bill"
    next_zh = "请第二天再对"
    next_en = "Reconcile it on the next day"


class ItemEnded(Conflict):
    code = "item_ended"
    zh = "这条差异已经了结"
    en = "This item has ended"
    next_zh = "请看它的经过"
    next_en = "See its history"


class StandsOnSuspense(Conflict):
    """Words alone would leave the money on suspense with nobody looking at it."""

    code = "stands_on_suspense"
    zh = "待查账上还有这条差异的钱，不能只写说明"
    en = "Money of this item stands on suspense; an explanation alone does not end it"
    next_zh = "请提交出账，由另一位财务复核"
    next_en = "Propose a booking and let a second person check it"


class NothingToBook(Conflict):
    code = "nothing_to_book"
    zh = "待查账上没有这条差异的钱"
    en = "No money of this item stands on suspense"
    next_zh = "请写明原因了结"
    next_en = "End it with an explanation"


class BookingWaits(Conflict):
    code = "booking_waits"
    zh = "这条差异已有一笔出账在等复核"
    en = "A booking of this item waits for its check already"
    next_zh = "请先复核那一笔"
    next_en = "Check that one first"


class SamePerson(BaoheError):
    """Four eyes: whoever proposed a booking does not decide it."""

    code = "same_person"
    status = 403
    zh = "不能复核自己提交的出账"
    en = "Nobody checks a booking of their own"
    next_zh = "请另一位财务复核"
    next_en = "Ask a colleague in finance"
