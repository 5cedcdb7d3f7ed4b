"""The words of every message, in both languages. Pure.

Rates of pay, diseases and full names stay out of messages: a text lies open on a locked screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from baohe.kernel.decisions import Text

TEMPLATES: Mapping[str, Text] = {
    "login_code": Text(
        "【保和】验证码 {code}，{minutes} 分钟内有效，只用于登录。任何人索要都不要给，包括自称客服的人。",
        "[Baohe] Your code is {code}, good for {minutes} minutes and for signing in only. Give it to nobody, "
        "not even to someone who says they are our service.",
    ),
    "policy_issued": Text(
        "【保和】{product}已承保，保单号 {number}，{start} 起保障。电子保单在“保单”里，可下载并核验真伪。",
        "[Baohe] {product} is issued: policy {number}, cover from {start}. The policy document is under Policies, "
        "where anyone can verify it.",
    ),
    "claim_progress": Text(
        "【保和】理赔 {number}：{progress}。打开保和可看全部经过和计算。",
        "[Baohe] Claim {number}: {progress}. Open Baohe for every step and the calculation.",
    ),
    "claim_paid": Text(
        "【保和】理赔 {number} 的赔款 ¥{amount} 已付到你的钱包。",
        "[Baohe] ¥{amount} for claim {number} has been paid to your wallet.",
    ),
    "payment_refunded": Text(
        "【保和】保单 {number} 的退款 ¥{amount} 已退回原付款账户。",
        "[Baohe] ¥{amount} for policy {number} has been returned to the account that paid.",
    ),
    "policy_cancelled": Text(
        "【保和】保单 {number} 已解除，退款 ¥{amount} 正在退回原付款账户。",
        "[Baohe] Policy {number} is cancelled; ¥{amount} is on its way back to the account that paid.",
    ),
    "settlement_account": Text(
        "【保和】{party}的结算收款账户登记为 {account}，{moment} 起可用。不是你们要求的，请马上联系结算人员。",
        "[Baohe] The account that {party} is paid to is now {account}, usable from {moment}. If you did not ask for "
        "this, call settlement at once.",
    ),
    "underwriting_decided": Text(
        "【保和】{product}的人工核保有结果了，请打开保和查看。",
        "[Baohe] Our underwriter has answered about {product}. Please open Baohe to see it.",
    ),
}

SECRET_TEMPLATES = frozenset({"login_code"})
"""Their words are wiped once sent: a code is nobody's record."""


def fields_of(template: str) -> frozenset[str]:
    """The facts a template needs. Raises `KeyError` for an unknown template."""
    words = TEMPLATES[template]
    return frozenset(
        name for text in (words.zh, words.en) for _, name, _, _ in Formatter().parse(text) if name is not None
    )


def render(template: str, params: Mapping[str, str], params_en: Mapping[str, str] | None = None) -> Text:
    """The message in both languages. A missing fact raises `KeyError`: a hole in a message is a programming error.

    `params_en` overrides facts that are words (a product's name) in the English text.
    """
    words = TEMPLATES[template]
    return Text(words.zh.format_map(params), words.en.format_map({**params, **(params_en or {})}))
