"""The wallet's bill of a day: two zipped CSV files of the gateway's form, read line by line from the disk.

The trade bill names payments and refunds with the numbers we gave; money that left as a payout stands only in the
account bill. Each file is in GB18030, its notes begin with `#`, its cells are padded with tabs, and its last notes
say how many lines there are and what they add up to. A file is counted through before its first line is given: one
that was cut, edited or doubled does not agree with its own notes, and nothing of it may be used.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO

import httpx
from django.conf import settings

from baohe.adapters.providers.line import open_line
from baohe.adapters.providers.port import BillBroken, BillLine, BillNotReady
from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.client import WalletClient

TRADE, ACCOUNT = "trade", "signcustomer"
ENCODING = "gb18030"

_MOST_BYTES = 2 * 1024**3
_LONGEST_LINE = 16 * 1024
_DOWNLOAD_SECONDS = 600.0
_PAYOUT = "转账"
_COUNT = re.compile(r"#(交易|退款|收入|支出)合计：(\d{1,9})笔，(?:商家实收退款|商家实收)?共(\d{1,13}(?:\.\d{1,2})?)元")

Row = Mapping[str, str]


@contextmanager
def of_day(wallet: WalletClient, day: date) -> Iterator[Iterator[BillLine]]:
    """Every movement of the day. Raises `BillNotReady` and `BillBroken`, both before the first line."""
    folder = Path(settings.BAOHE_DATA) / "bills"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        trades, account = Path(place) / "trade.zip", Path(place) / "account.zip"
        _fetch(wallet, TRADE, day, trades)
        _fetch(wallet, ACCOUNT, day, account)
        _prove(trades, _trade_sums)
        _prove(account, _account_sums)
        yield _lines(trades, account)


def read_file(path: Path) -> Iterator[Row]:
    """The rows of one zipped bill by the names of their columns. Raises `BillBroken`."""
    with _text(path) as text:
        columns: list[str] = []
        for cells in csv.reader(line for line in _bounded(text) if not line.startswith("#")):
            values = [cell.strip() for cell in cells]
            if not columns:
                columns = values
            elif len(values) == len(columns):
                yield dict(zip(columns, values, strict=True))
            elif any(values):
                raise BillBroken(f"a line with {len(values)} of {len(columns)} cells")


def _lines(trades: Path, account: Path) -> Iterator[BillLine]:
    for row in read_file(trades):
        refund = row["业务类型"] == "退款"
        yield BillLine(
            kind="refund" if refund else "payment",
            number=row["退款批次号/请求号"] if refund else row["商户订单号"],
            trade_no=row["支付宝交易号"],
            amount_fen=abs(_fen(row["商家实收（元）"])),
            currency="CNY",
            at=_moment(row["完成时间"]),
        )
    for row in read_file(account):
        if row["业务类型"] == _PAYOUT and row["支出金额（-元）"]:
            yield BillLine(
                kind="payout",
                number=row["商户订单号"],
                trade_no=row["业务流水号"],
                amount_fen=abs(_fen(row["支出金额（-元）"])),
                currency="CNY",
                at=_moment(row["发生时间"]),
            )


def _prove(path: Path, sums: Callable[[Iterable[Row]], Counter[str]]) -> None:
    """The lines against the notes at the end of their own file: how many, and how much. Raises `BillBroken`."""
    said: Counter[str] = Counter()
    with _text(path) as text:
        for line in _bounded(text):
            if (note := _COUNT.match(line)) is not None:
                said[f"{note[1]} lines"] += int(note[2])
                said[f"{note[1]} fen"] += _fen(note[3])
                said["notes"] += 1
    try:
        found = sums(read_file(path))
    except KeyError as missing:
        raise BillBroken(f"no column {missing}") from missing
    if said.pop("notes", 0) != 2 or +said != +found:
        raise BillBroken(f"the lines do not add up to the summary: {dict(said)} against {dict(found)}")


def _trade_sums(rows: Iterable[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        name = {"交易": "交易", "退款": "退款"}.get(row["业务类型"])
        if name is None:
            raise BillBroken(f"a line of an unknown kind: {row['业务类型']}")
        _moment(row["完成时间"])
        found[f"{name} lines"] += 1
        found[f"{name} fen"] += abs(_fen(row["商家实收（元）"]))
    return found


def _account_sums(rows: Iterable[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        _moment(row["发生时间"])
        for name, column in (("收入", "收入金额（+元）"), ("支出", "支出金额（-元）")):
            if row[column]:
                found[f"{name} lines"] += 1
                found[f"{name} fen"] += abs(_fen(row[column]))
    return found


def _fen(text: str) -> int:
    """Two decimals at most, as everywhere: a third would be a fraction of a fen. Raises `BillBroken`."""
    amount_fen = protocol.read_yuan(text.lstrip("-"))
    if amount_fen is None:
        raise BillBroken(f"“{text}” is not an amount")
    return amount_fen


def _moment(text: str) -> datetime:
    moment = protocol.read_time(text)
    if moment is None:
        raise BillBroken(f"“{text}” is not a time")
    return moment


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """The one details file of the archive; the summary file beside it repeats what the notes say."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [item for item in archive.infolist() if item.filename.endswith(".csv")]
            details = [item for item in found if "汇总" not in item.filename]
            if len(details) != 1 or details[0].file_size > _MOST_BYTES:
                raise BillBroken("the archive does not hold one file of details")
            with archive.open(details[0]) as raw:
                yield io.TextIOWrapper(raw, encoding=ENCODING, newline="")
    except (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, csv.Error, EOFError) as unreadable:
        raise BillBroken("the file cannot be read") from unreadable


def _bounded(text: IO[str]) -> Iterator[str]:
    """A line without an end must not become the whole memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise BillBroken("a line too long")
        yield line


def _fetch(wallet: WalletClient, kind: str, day: date, target: Path) -> None:
    reply = wallet.bill_address(kind, day)
    if reply.outcome != "ok":
        raise BillNotReady(f"{kind}: {reply.reason}")
    address = reply.text("bill_download_url")
    if not wallet.is_own(address):
        raise BillBroken("the bill lies on another host than the gateway")
    deadline, size = time.monotonic() + _DOWNLOAD_SECONDS, 0
    try:
        with (
            open_line(30) as line,
            line.stream("GET", address) as response,
            target.open("wb") as file,
        ):
            if response.status_code != 200:
                raise BillNotReady(f"{kind}: HTTP {response.status_code}")
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > _MOST_BYTES or time.monotonic() > deadline:
                    raise BillNotReady(f"{kind}: too large or too slow")
                file.write(chunk)
    except httpx.HTTPError as failure:
        raise BillNotReady(f"{kind}: {type(failure).__name__}") from failure
