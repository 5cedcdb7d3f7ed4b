"""The wordings a customer agrees to. A consent names the digest of the one that was shown."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.decisions import Text
from baohe.rooms.advice.contracts import BROWSING, HEALTH, PERSONAL

CONSENTS: Mapping[str, Text] = {
    PERSONAL: Text(
        "用家人的年龄、性别、有无医保、职业类别，和在保和的有效保单，算出缺什么、哪些产品合适。"
        "关掉后，产品按险种和编号排列，不用任何个人信息。",
        "Use the ages, sexes, social insurance and occupation classes of your family and your policies at Baohe to "
        "work out what is missing and what fits. When off, products stand by kind and code.",
    ),
    BROWSING: Text(
        "记下最近 30 天看过的产品，最多 20 个，只用来把它们放进建议。可以随时清空；关掉就立刻删除。",
        "Remember the products you looked at in the last 30 days, at most 20, only to include them in suggestions. "
        "Clear them at any time; switching off deletes them at once.",
    ),
    HEALTH: Text(
        "在保障检查里用“有没有慢性病”这一个回答，挑不问健康或问得少的产品。不用于定价和核保。",
        "Use the one answer whether there is a chronic illness in the needs check, to prefer products that ask little "
        "or nothing about health. It is not used for prices or underwriting.",
    ),
}
