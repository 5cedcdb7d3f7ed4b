"""How billing refuses."""

from baohe.kernel.errors import Conflict


class NotPayable(Conflict):
    code = "instalment_not_payable"
    zh = "这一期现在不能付：{reason_zh}"
    en = "This instalment cannot be paid now: {reason_en}"
    next_zh = "请刷新缴费计划看最新状态"
    next_en = "Reload the plan to see the current state"


class NotReinstatable(Conflict):
    code = "not_reinstatable"
    zh = "这份保单现在不能复效：{reason_zh}"
    en = "This policy cannot be reinstated now: {reason_en}"
    next_zh = "请在保单页看它的状态，或联系客服"
    next_en = "See the state on the policy page, or ask our service"
