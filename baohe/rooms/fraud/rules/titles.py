"""The signals there are, by code: what the desk calls them. Pure."""

from __future__ import annotations

from baohe.kernel.decisions import Text

TITLES: dict[str, Text] = {
    "invoice_repeated": Text("发票号重复", "Invoice number used again"),
    "picture_similar": Text("照片几乎一样", "Nearly the same picture"),
    "account_linked": Text("共用收款账户、设备或手机", "Shares a payout account, device or telephone"),
    "claims_frequent": Text("短期多次理赔", "Many claims in a short time"),
    "provider_unusual": Text("医院或商家与同类差别大", "Hospital or shop unlike its peers"),
    "after_waiting": Text("等待期刚过", "Just after the waiting period"),
    "bought_shortly_before": Text("投保不久出险", "Bought shortly before"),
    "raised_shortly_before": Text("加保不久出险", "Sum raised shortly before"),
    "before_end": Text("快到期时出险", "Shortly before the end"),
    "free_day": Text("周末或节假日出险", "On a weekend or public holiday"),
}
