"""What must hold before a version may be sold (PUB-1, 2, 5, 6, 7, SALE-4, SERV-9), rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules import breaches, motor, questioning, trigger_part
from baohe.rooms.catalog.rules.breaches import Breach
from baohe.rooms.catalog.rules.cells import cell_faults
from baohe.rooms.catalog.rules.faults import MOST, Faults
from baohe.rooms.catalog.rules.package import read_version
from baohe.rooms.catalog.rules.source import Files, Raw, file_of, placed, read


@dataclass(frozen=True, slots=True)
class PublishingCheck:
    """One rule looked at: its id, the law behind it (abbreviated as in the rule book), and what breaks it."""

    rule: str
    basis: str
    title: Text
    faults: tuple[NotPublishable, ...]

    @property
    def passed(self) -> bool:
        return not self.faults


def check(raw: Raw) -> ProductVersion:
    """Parse and check a package. Raises `NotPublishable` with the rule's id and the field."""
    faults = Faults()
    version = examine(raw, faults)
    if version is None:
        raise faults.found[0]
    return version


def check_files(code: str, version: str, files: Files) -> tuple[ProductVersion | None, tuple[NotPublishable, ...], int]:
    """Like `check`, from the files: the version if nothing is wrong, else every fault with its file and line, and
    how many more there are than are told."""
    found, faults = _read_and_examine(code, version, files)
    return found[0] if found else None, _in_reading_order([placed(f, files) for f in faults.found]), faults.untold


def read_checked(code: str, version: str, files: Files) -> tuple[ProductVersion, Raw]:
    """The version and its raw contents. Raises the first fault with its file and line."""
    found, faults = _read_and_examine(code, version, files)
    if found is None:
        raise placed(faults.found[0], files)
    return found


def _read_and_examine(code: str, version: str, files: Files) -> tuple[tuple[ProductVersion, Raw] | None, Faults]:
    faults = Faults()
    raw = read(code, version, files, faults)
    if faults:
        _read_on(raw, faults)
        return None, faults
    found = examine(raw, faults)
    return (found, raw) if found is not None else None, faults


def _in_reading_order(faults: list[NotPublishable]) -> tuple[NotPublishable, ...]:
    """File by file, from the top of each down; files in the order in which they came up."""
    files = list(dict.fromkeys(fault.facts["file"] for fault in faults))
    return tuple(sorted(faults, key=lambda fault: (files.index(fault.facts["file"]), fault.facts["line"])))


def _read_on(raw: Raw, faults: Faults) -> None:
    """What is wrong with the files that can be read, when others cannot: their own lack is told already."""
    lost = {fault.facts["file"] for fault in faults.found}
    more = Faults()
    read_version(raw, more)
    for fault in more.found:
        if file_of(str(fault.facts["field"])) not in lost:
            faults.add(fault)


def examine(raw: Raw, faults: Faults) -> ProductVersion | None:
    """The version when it may be published, else None and the reasons in `faults`: first what cannot be read, and
    only when all of it can, the rules that need the whole."""
    version = read_version(raw, faults)
    if version is None:
        return None
    for line in checks(version, raw):
        for fault in line.faults:
            faults.add(fault)
    return None if faults else version


def checks(version: ProductVersion, raw: Raw) -> tuple[PublishingCheck, ...]:
    """Every rule of publishing, one by one, with what breaks it."""
    return tuple(
        PublishingCheck(rule, basis, title, tuple(_fault(version, breach) for breach in find(version, raw)))
        for rule, basis, title, find in _CHECKS
    )


def _fault(version: ProductVersion, breach: Breach | NotPublishable) -> NotPublishable:
    if isinstance(breach, NotPublishable):
        return breach
    rule, field, zh, en = breach
    return NotPublishable(package=version.id, field=field, reason_zh=zh, reason_en=en, rule=rule)


def _cells(version: ProductVersion, raw: Raw) -> Iterator[NotPublishable]:
    for cell in islice(cell_faults(version), MOST + 1):
        yield NotPublishable(
            package=version.id,
            field=cell.column,
            reason_zh=cell.zh,
            reason_en=cell.en,
            rule="PUB-2",
            file=f"rates/{cell.table}.csv",
            line=cell.row,
        )


_CHECKS: tuple[tuple[str, str, Text, Callable[[ProductVersion, Raw], Iterable[Breach | NotPublishable]]], ...] = (
    ("PUB-1", "O13 14", Text("产品页应有的都有，条款号对得上", "The page is complete"), breaches.page),
    ("PUB-2", "SAL 14", Text("销售期先开始后结束", "The sale window runs forward"), breaches.window),
    ("PUB-2", "SAL 14", Text("费率表每一格可读，没有缺、重、断", "Every rate can be read, none lacks"), _cells),
    ("PUB-2", "SAL 14", Text("自主定价系数在监管区间内", "Own factors keep their bounds"), motor.own_factor),
    ("PUB-4", "DIS", Text("长期合同公开现金价值", "Long contracts show cash values"), breaches.long_term_values),
    ("PUB-5", "INS 17", Text("每一条免责都有白话说明", "Every exclusion has plain words"), breaches.exclusions),
    ("PUB-6", "LIF", Text("互联网人身险名称含“互联网”", "The name says internet"), breaches.internet_name),
    ("PUB-6", "LIF", Text("预定附加费用率不超过上限", "Loadings keep their limits"), breaches.internet_expenses),
    ("PUB-6", "LIF", Text("一年期及以内分期相等", "Instalments within a year are equal"), breaches.equal_instalments),
    (
        "PUB-7",
        "HLT",
        Text("健康险等待期、犹豫期合规", "Waiting, cooling-off within limits"),
        breaches.health_days,
    ),
    (
        "PUB-7",
        "HLT",
        Text("短期健康险写明不保证续保", "Renewal is not promised"),
        breaches.health_renewal,
    ),
    ("SALE-4", "INS 16", Text("只问列明的事，没有兜底问题", "Closed questions only"), questioning.questions),
    ("SERV-9", "INS 16", Text("核保规则有条件，机器不拒绝", "Rules have conditions; none refuses"), questioning.rules),
    ("PUB-1", "O13 14", Text("理赔步骤都有条款依据", "Every step of a claim rests on a clause"), breaches.claims),
    ("PUB-1", "O13 14", Text("触发档位不断不重，来源过半数", "Bands meet, most sources agree"), trigger_part.breaches),
)
