"""The bank's statement of a day (camt.053), read from a file piece by piece: memory does not grow with its length.

It is read twice. The first pass only adds up; not one line is given out before opening balance, entries and closing
balance agree and the totals in the head are those of the entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from baohe.adapters.providers.port import BillBroken, BillLine
from baohe.adapters.transfer import protocol
from baohe.adapters.transfer.answers import bill_line
from baohe.adapters.transfer.protocol import NAMESPACE, STATEMENT, first, text
from baohe.adapters.transfer.requests import Customer
from baohe.kernel.dates import business_date

_SPACE = f"{{{NAMESPACE}{STATEMENT}}}"
_HEAD = ("Acct", "FrToDt", "Bal", "TxsSummry", "Stmt")


@dataclass(slots=True)
class _Head:
    """What a statement says about itself. Sums are fen; debits count down."""

    statements: int = 0
    account: str = ""
    days: tuple[str, str] = ("", "")
    balances: dict[str, int] = field(default_factory=dict)
    entries: tuple[str, int | None] = ("", None)
    credits: tuple[str, int | None] = ("", None)
    debits: tuple[str, int | None] = ("", None)


def check(path: Path, customer: Customer, day: date) -> None:
    """Raises `BillBroken` with the first thing that does not agree."""
    head = _Head()
    credited = debited = credits_ = debits = 0
    for element in _walk(path, ("Ntry", *_HEAD)):
        if element.tag != _SPACE + "Ntry":
            _take(head, element)
            continue
        line = _line(element, customer)
        _agree(business_date(line.at) == day, "the day of its entries")
        if line.kind == "payment":
            credited, credits_ = credited + line.amount_fen, credits_ + 1
        else:
            debited, debits = debited + line.amount_fen, debits + 1
    _agree(head.statements == 1, "one statement")
    _agree(head.account == customer.account.number, "the account")
    _agree(all(words.startswith(day.isoformat()) for words in head.days), "the day")
    _agree(head.entries == (str(credits_ + debits), credited + debited), "the number and sum of entries")
    _agree(head.credits == (str(credits_), credited), "the number and sum of credits")
    _agree(head.debits == (str(debits), debited), "the number and sum of debits")
    _agree(set(head.balances) == {"OPBD", "CLBD"}, "both balances")
    _agree(head.balances["OPBD"] + credited - debited == head.balances["CLBD"], "the closing balance")


def lines(path: Path, customer: Customer) -> Iterator[BillLine]:
    """The entries of a statement that was checked."""
    for element in _walk(path, ("Ntry",)):
        yield _line(element, customer)


def _walk(path: Path, names: tuple[str, ...]) -> Iterator[Any]:
    """Each element of those names that stands where a statement has it; what was walked past is forgotten."""
    looked_at_head = False
    try:
        for _, element in etree.iterparse(
            str(path),
            events=("end",),
            tag=[_SPACE + name for name in names],
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if not looked_at_head:
                _agree(element.getroottree().docinfo.internalDTD is None, "having no document type")
                looked_at_head = True
            parent = element.getparent()
            if element.tag != _SPACE + "Stmt" and (parent is None or parent.tag != _SPACE + "Stmt"):
                continue
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as unreadable:
        raise BillBroken("the statement is not XML") from unreadable


def _line(element: Any, customer: Customer) -> BillLine:
    line = bill_line(element, customer)
    if line is None:
        raise BillBroken(f"entry {text(element, 'NtryRef')[:40]!r} cannot be read")
    return line


def _take(head: _Head, element: Any) -> None:
    match element.tag.removeprefix(_SPACE):
        case "Stmt":
            head.statements += 1
        case "Acct":
            head.account = text(element, "Id/Othr/Id")
        case "FrToDt":
            head.days = (text(element, "FrDtTm"), text(element, "ToDtTm"))
        case "Bal":
            _take_balance(head, element)
        case "TxsSummry":
            head.entries, head.credits, head.debits = (
                (text(element, f"{name}/NbOfNtries"), protocol.read_amount(text(element, f"{name}/Sum")))
                for name in ("TtlNtries", "TtlCdtNtries", "TtlDbtNtries")
            )


def _take_balance(head: _Head, element: Any) -> None:
    """A balance may be nothing, which an amount that moves may not."""
    found = first(element, "Amt")
    fen = protocol.read_amount((found.text or "") if found is not None else "")
    code = text(element, "Tp/CdOrPrtry/Cd")
    _agree(fen is not None and code not in head.balances, "a balance")
    head.balances[code] = (fen or 0) * (-1 if text(element, "CdtDbtInd") == "DBIT" else 1)


def _agree(holds: bool, what: str) -> None:
    if not holds:
        raise BillBroken(f"the statement does not agree about {what}")
