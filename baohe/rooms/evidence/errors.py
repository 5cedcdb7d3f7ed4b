"""How the evidence room refuses. Every refusal to sign keeps the log honest: better late than forked."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class LogRefusesToSign(BaoheError):
    """The tables disagree with what the log signed before. Nothing is signed until a person has looked."""

    code = "log_refuses_to_sign"
    status = 503
    zh = "存证日志停止签署：{reason_zh}"
    en = "The evidence log refuses to sign: {reason_en}"
    next_zh = "销售与理赔不受影响；请运维核对数据库备份与检查点文件"
    next_en = "Sales and claims go on; the operator must compare the database with the checkpoint file"


class ProofNotReady(BaoheError):
    code = "proof_not_ready"
    status = 404
    zh = "还没有这条记录的存证"
    en = "There is no proof for this record yet"
    next_zh = "新记录约一秒后可查；否则请核对编号"
    next_en = "A new record can be proved after about a second; otherwise check the number"
