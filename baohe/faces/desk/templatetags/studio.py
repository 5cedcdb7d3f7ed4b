"""How the studio prints states, changes and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baohe.flows.prove_package import CaseResult, Fault
from baohe.kernel.money import yuan
from baohe.kernel.regions import province_name
from baohe.rooms.catalog.contracts import PackageCase, ProductVersion
from baohe.rooms.catalog.contracts.diff import Spread

register = template.Library()
_PAGE = 20
_KEPT = 60
STATES = {
    "draft": ("草案", ""),
    "submitted": ("等复核", "wait"),
    "returned": ("已退回", "wait"),
    "approved": ("已批准，等备案号", "good"),
    "published": ("已发布", "good"),
    "withdrawn": ("已撤下", ""),
}
NEXT = {
    "draft": "检查全部通过后送审",
    "submitted": "另一位产品经理或精算师批准或退回",
    "returned": "改好后再送审",
    "approved": "填备案号，然后发布",
}
DONE = {
    "started": "建了草案",
    "saved": "存了改动",
    "submitted": "送审",
    "approved": "批准",
    "returned": "退回",
    "filed": "记下备案号",
    "published": "发布",
    "withdrawn": "撤下草案",
    "stopped": "登记停售",
}
KINDS = {
    "added": ("新增", "good"),
    "removed": ("删去", "bad"),
    "changed": ("改动", "wait"),
    "reshaped": ("换列", "wait"),
}
SOLD = {"on": ("在售", "good"), "soon": ("未开始", ""), "followed": ("新版接替", ""), "ended": ("已停售", "wait")}
PERIODS = {"month": "月", "year": "年", "order": "单"}
OUTCOMES = {"accept": "标准承保", "load": "加费", "exclude": "除外", "refer": "转人工"}


def _tag(words: str, tone: str) -> SafeString:
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def state(code: str) -> SafeString:
    return _tag(*STATES[code])


@register.filter
def sold(code: str) -> SafeString:
    return _tag(*SOLD[code])


@register.filter
def kind(code: str) -> SafeString:
    return _tag(*KINDS[code])


@register.filter
def did(action: str) -> str:
    return DONE.get(action, action)


@register.filter
def nextstep(code: str) -> str:
    return NEXT.get(code, "")


@register.filter
def period(code: str) -> str:
    return PERIODS[code]


@register.filter
def plain(fen: int) -> str:
    """For an amount whose sign the style sheet draws."""
    return yuan(fen)


@register.filter
def more(total: int, page: int) -> bool:
    return total > page * _PAGE


@register.filter
def reason(fault: Fault) -> str:
    """Without what stands beside it: the package, the place, the rule."""
    said = fault.said_zh.partition(" 不能发布：")[2] or fault.said_zh
    for known in (fault.file, f"第 {fault.line} 行"):
        said = said.removeprefix(known).strip()
    return said.removesuffix(f"（{fault.rule}）")


@register.filter
def in_file(faults: Iterable[Fault], name: str) -> int:
    return sum(fault.file == name for fault in faults)


@register.filter
def faults_in(faults: Iterable[Fault], name: str) -> list[Fault]:
    return [fault for fault in faults if fault.file == name]


@register.filter
def failed(results: Iterable[CaseResult]) -> int:
    return sum(not result.passed for result in results)


@register.filter
def given(version: ProductVersion, case: PackageCase) -> str:
    """What a case is given, in the words of the product."""
    told = []
    for code, value in case.inputs.items():
        item = version.rating_input(code)
        told.append(f"{item.name.zh} {item.label_of(value).zh}" if item is not None else f"{code} {value}")
    questions = {question.id: question for question in version.questionnaire}
    for code, value in case.answers.items():
        question = questions.get(code)
        answers = {answer.value: answer.label.zh for answer in question.answers} if question else {}
        told.append(f"{code}：{answers.get(value, value)}")
    return "；".join(told)


@register.filter
def outcome_words(told: Mapping[str, str | int]) -> SafeString | str:
    """What a case expects or got, in words."""
    if "premium_fen" in told:
        return format_html('<span class="money">{}</span>', yuan(int(told["premium_fen"])))
    if "refused_field" in told:
        return f"不收：{told['refused_field']}"
    loading = int(told.get("loading_bp", 0))
    words = OUTCOMES.get(str(told.get("outcome", "")), str(told.get("outcome", "—")))
    return f"{words} +{loading / 100:g}%" if loading else words


@register.filter
def regions(codes: Sequence[str]) -> str:
    return "、".join(province_name(code).zh for code in codes) or "全国"


@register.filter
def channels(codes: Iterable[str]) -> str:
    names = {"app": "自营 App", "open_api": "合作方"}
    return "、".join(names.get(code, code) for code in sorted(codes))


@register.filter
def signed(percent: Decimal | None) -> str:
    if percent is None:
        return "—"
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{abs(percent)}%"


@register.filter
def between(spread: Spread) -> str:
    if spread.lowest is None or spread.lowest == spread.highest:
        return signed(spread.lowest)
    return f"{signed(spread.lowest)} 至 {signed(spread.highest)}"


@register.filter
def shortened(text: str) -> str:
    """What stayed is only there to find one's way."""
    if len(text) <= 2 * _KEPT + 10:
        return text
    return f"{text[:_KEPT]} … {text[-_KEPT:]}"


@register.filter
def first_of(items: Sequence[Any], most: int) -> Sequence[Any]:
    return items[:most]


@register.filter
def at(facts: Mapping[str, str], name: str) -> str:
    return facts.get(name, "")


@register.filter
def input_name(version: ProductVersion | None, code: str) -> str:
    """A column of a rate table in words; its code where the version has no such input."""
    item = version.rating_input(code) if version is not None else None
    return item.name.zh if item is not None else code


@register.filter
def input_value(version: ProductVersion | None, spread: Spread) -> str:
    return key_value(version, (spread.column, spread.value))


@register.filter
def key_value(version: ProductVersion | None, pair: tuple[str, str]) -> str:
    item = version.rating_input(pair[0]) if version is not None else None
    return item.label_of(pair[1]).zh if item is not None and item.kind == "choice" else pair[1]
