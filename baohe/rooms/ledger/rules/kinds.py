"""What kinds of entries are called, on screens and on papers. A kind that is not named here shows its code."""

from __future__ import annotations

KIND_NAMES = {
    "premium_received": "收到保费",
    "bulk_premium": "合作方挂账保费",
    "premium_refunded": "决定退保费",
    "refund_done": "退款到账",
    "claim_agreed": "同意赔付",
    "claim_paid": "赔款到账",
    "receivable_due": "保费到期应收",
    "receivable_settled": "应收保费收回",
    "receivable_dropped": "应收保费撤销",
    "surplus_received": "收到未承保款项",
    "surplus_returned": "退回未承保款项",
    "suspense_received": "收到待查款项",
    "suspense_parked": "对账差异转待查",
    "suspense_explained": "待查已查清",
    "suspense_booked": "待查出账",
    "suspense_taken_over": "待查并入回调记录",
    "unearned_change": "提取未到期责任准备金",
    "commission_vat": "佣金增值税",
    "insurer_settled": "结算付保险公司",
    "producer_paid": "结算付销售人员",
    "partner_paid": "结算付合作方",
    "partner_settled": "合作方结算到账",
    "commission_due": "递延佣金到期",
    "commission_ended": "保单终止扣回佣金",
    "introduction_fee": "转介绍费用",
    "reversal": "冲正",
}
