"""How the room refuses."""

from baohe.kernel.errors import Conflict


class SecondNameNeeded(Conflict):
    code = "parametric_second_name"
    zh = "同一个人不能既提出又确认"
    en = "One person cannot both propose and confirm"
    next_zh = "请另一位理赔员确认"
    next_en = "Ask another handler to confirm"


class NotWaiting(Conflict):
    code = "parametric_not_waiting"
    zh = "这一步已经办完，或者情况已经变了"
    en = "This step is done already, or things have changed"
    next_zh = "请刷新页面看最新状态"
    next_en = "Reload to see the current state"


class TooLateToDispute(Conflict):
    code = "parametric_dispute_over"
    zh = "数据更正期已于 {until} 结束"
    en = "Corrections of the data ended on {until}"
    next_zh = "可以在理赔页请理赔员处理，或拨打 12378"
    next_en = "Ask for a person on the claim's page, or call 12378"


class NothingToDispute(Conflict):
    code = "parametric_nothing_to_dispute"
    zh = "这件理赔不是按数据源自动核定的"
    en = "This claim was not settled from data sources"
    next_zh = "可以在理赔页请理赔员处理"
    next_en = "Ask for a person on the claim's page"


class SourceTaken(Conflict):
    code = "parametric_source_taken"
    zh = "数据源或密钥 {what} 已经登记，内容不同"
    en = "Source or key {what} is registered with other content"
    next_zh = "换钥请用新的密钥编号"
    next_en = "Register a new key under a new id"
