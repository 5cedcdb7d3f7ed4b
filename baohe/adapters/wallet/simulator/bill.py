"""The bill that the simulated wallet writes of a day, in the gateway's own form: zipped CSV, padded cells, notes.

`trade` holds payments and refunds with our numbers; `signcustomer` every change of the account, payouts among them.
An address works for half an hour, and only for the bill it was given for.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from baohe.adapters.simulating.answers import Answer, text
from baohe.adapters.simulating.faults import Faults, bent_bill, torn_bill
from baohe.adapters.simulating.store import Store
from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.bill import ACCOUNT, ENCODING, TRADE
from baohe.adapters.wallet.simulator.trades import Refusal
from baohe.plumbing import clock

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_GOOD_FOR = timedelta(minutes=30)
_TABLE = "CREATE TABLE IF NOT EXISTS bill (token TEXT PRIMARY KEY, kind TEXT, day TEXT, until REAL)"

_TRADE_COLUMNS = (
    *("支付宝交易号", "商户订单号", "业务类型", "商品名称", "创建时间", "完成时间", "门店编号", "门店名称", "操作员"),
    *("终端号", "对方账户", "订单金额（元）", "商家实收（元）", "支付宝红包（元）", "集分宝（元）", "支付宝优惠（元）"),
    *("商家优惠（元）", "券核销金额（元）", "券名称", "商家红包消费金额（元）", "卡消费金额（元）"),
    *("退款批次号/请求号", "服务费（元）", "分润（元）", "备注"),
)
_ACCOUNT_COLUMNS = (
    *(
        "账务流水号",
        "业务流水号",
        "商户订单号",
        "商品名称",
        "发生时间",
        "对方账号",
        "收入金额（+元）",
        "支出金额（-元）",
    ),
    *("账户余额（元）", "交易渠道", "业务类型", "备注"),
)

Line = Mapping[str, str]


def address(store: Store, business: Mapping[str, Any]) -> dict[str, Any]:
    """The method `bill.downloadurl.query`. Raises `Refusal`: a day that has not ended has no bill."""
    kind, day = str(business.get("bill_type", "")), str(business.get("bill_date", ""))
    if kind not in (TRADE, ACCOUNT) or not _DAY.fullmatch(day):
        raise Refusal("isv.invalid-parameter", "账单类型或日期不正确", code=protocol.BAD_REQUEST)
    if day >= protocol.wallet_time(clock.now())[:10]:
        raise Refusal("isp.bill_not_exist", "账单不存在")
    token = secrets.token_urlsafe(24)
    with store.write() as db:
        db.execute(_TABLE)
        db.execute("INSERT INTO bill VALUES (?, ?, ?, ?)", (token, kind, day, (clock.now() + _GOOD_FOR).timestamp()))
    return {"bill_download_url": f"{settings.BAOHE_WALLET}/bill/{token}"}


def download(store: Store, token: str, faults: Faults) -> Answer:
    with store.write() as db:
        db.execute(_TABLE)
        row = db.execute(
            "SELECT kind, day FROM bill WHERE token = ? AND until > ?", (token, clock.now().timestamp())
        ).fetchone()
        if row is None:
            return text("not found", 404)
        lines = _LINES[row["kind"]](db, row["day"])
    kept = list(bent_bill(lines, faults, _altered))
    written = list(torn_bill(kept, faults))
    return Answer(200, archive(row["kind"], row["day"], written, noted=kept), "application/zip")


def archive(kind: str, day: str, lines: Sequence[Line], noted: Sequence[Line]) -> bytes:
    """The zipped file: notes, columns, lines, and the notes that say what the `noted` lines add up to."""
    columns, name, notes = _FORMS[kind]
    month_day = date.fromisoformat(day).strftime("%Y年%m月%d日")
    out = io.StringIO(newline="")
    out.write(
        f"#支付宝{name}查询\r\n#账号：[模拟账户]\r\n#起始日期：[{month_day} 00:00:00]   终止日期：[次日 00:00:00]\r\n"
    )
    out.write(f"#-----------------------------------------{name}列表----------------------------------------\r\n")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([f"{line.get(column, '')}\t" for column in columns] for line in lines)
    out.write(f"#-----------------------------------------{name}列表结束------------------------------------\r\n")
    out.write(notes(noted))
    out.write(f"#导出时间：[{protocol.wallet_time(clock.now())}]\r\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"2088000000000000_{day.replace('-', '')}_{name}.csv", out.getvalue().encode(ENCODING))
    return packed.getvalue()


def _trade_lines(db: sqlite3.Connection, day: str) -> list[Line]:
    paid = db.execute(
        "SELECT * FROM trade WHERE status = 'TRADE_SUCCESS' AND substr(paid_at, 1, 10) = ? ORDER BY paid_at", (day,)
    ).fetchall()
    back = db.execute(
        "SELECT r.*, t.trade_no, t.subject FROM refund r JOIN trade t USING (out_trade_no)"
        " WHERE substr(r.created_at, 1, 10) = ? ORDER BY r.created_at",
        (day,),
    ).fetchall()
    return [_trade_line(row, "交易", row["paid_at"], row["amount_fen"], "") for row in paid] + [
        _trade_line(row, "退款", row["created_at"], -row["amount_fen"], row["out_request_no"]) for row in back
    ]


def _trade_line(row: sqlite3.Row, kind: str, done_at: str, amount_fen: int, request_number: str) -> Line:
    amount = _signed(amount_fen)
    return {
        "支付宝交易号": row["trade_no"],
        "商户订单号": row["out_trade_no"],
        "业务类型": kind,
        "商品名称": row["subject"],
        "创建时间": row["created_at"],
        "完成时间": done_at,
        "对方账户": "*模拟(159****0000)",
        "订单金额（元）": amount,
        "商家实收（元）": amount,
        "退款批次号/请求号": request_number,
        "服务费（元）": "0.00",
    }


def _account_lines(db: sqlite3.Connection, day: str) -> list[Line]:
    lines = [
        _account_line(
            row["退款批次号/请求号"] or row["支付宝交易号"],
            row["支付宝交易号"],
            row["商户订单号"],
            row["完成时间"],
            row["商家实收（元）"],
            "交易退款" if row["业务类型"] == "退款" else "在线支付",
        )
        for row in _trade_lines(db, day)
    ]
    out = db.execute("SELECT * FROM transfer WHERE substr(created_at, 1, 10) = ? ORDER BY created_at", (day,))
    return lines + [
        _account_line(
            row["order_id"], row["order_id"], row["out_biz_no"], row["created_at"], _signed(-row["amount_fen"]), "转账"
        )
        for row in out.fetchall()
    ]


def _account_line(entry: str, trade_no: str, number: str, at: str, amount: str, kind: str) -> Line:
    column = "支出金额（-元）" if amount.startswith("-") else "收入金额（+元）"
    return {
        "账务流水号": entry,
        "业务流水号": trade_no,
        "商户订单号": number,
        "发生时间": at,
        column: amount,
        "交易渠道": "余额",
        "业务类型": kind,
    }


def _trade_notes(lines: Sequence[Line]) -> str:
    (paid, paid_fen), (back, back_fen) = (
        _sum(line["商家实收（元）"] for line in lines if line["业务类型"] == kind) for kind in ("交易", "退款")
    )
    return (
        f"#交易合计：{paid}笔，商家实收共{protocol.yuan_text(paid_fen)}元，商家优惠共0.00元\r\n"
        f"#退款合计：{back}笔，商家实收退款共{protocol.yuan_text(back_fen)}元，商家优惠退款共0.00元\r\n"
    )


def _account_notes(lines: Sequence[Line]) -> str:
    (came, came_fen), (left, left_fen) = (
        _sum(line[column] for line in lines if column in line) for column in ("收入金额（+元）", "支出金额（-元）")
    )
    return (
        f"#收入合计：{came}笔，共{protocol.yuan_text(came_fen)}元\r\n"
        f"#支出合计：{left}笔，共{protocol.yuan_text(left_fen)}元\r\n"
    )


def _altered(line: Line, more_fen: int) -> Line:
    """The amounts of a line, further from nothing by so much."""
    bent = dict(line)
    for column in ("订单金额（元）", "商家实收（元）", "收入金额（+元）", "支出金额（-元）"):
        if column in line:
            amount_fen = (protocol.read_yuan(line[column].lstrip("-")) or 0) + more_fen
            bent[column] = _signed(-amount_fen if line[column].startswith("-") else amount_fen)
    return bent


def _sum(amounts: Iterable[str]) -> tuple[int, int]:
    fen = [protocol.read_yuan(amount.lstrip("-")) or 0 for amount in amounts]
    return len(fen), sum(fen)


def _signed(amount_fen: int) -> str:
    return f"{'-' if amount_fen < 0 else ''}{protocol.yuan_text(abs(amount_fen))}"


_LINES: Mapping[str, Callable[[sqlite3.Connection, str], list[Line]]] = {TRADE: _trade_lines, ACCOUNT: _account_lines}
_FORMS: Mapping[str, tuple[Sequence[str], str, Callable[[Sequence[Line]], str]]] = {
    TRADE: (_TRADE_COLUMNS, "业务明细", _trade_notes),
    ACCOUNT: (_ACCOUNT_COLUMNS, "账务明细", _account_notes),
}
