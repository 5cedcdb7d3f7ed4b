"""The rules of publishing (PUB-1, 5, 6, 7, SALE-4, SERV-9): each yields what breaks it, by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baohe.kernel.canonical import canonical_bytes
from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import ClaimStep, ProductVersion
from baohe.rooms.catalog.rules import wording
from baohe.rooms.catalog.rules.limits import limits_on
from baohe.rooms.catalog.rules.source import Raw

HEALTH_LINES = frozenset({"medical", "critical_illness", "elder_care"})
INTERNET_LINES = HEALTH_LINES | {"term_life", "whole_life", "annuity", "sudden_death"}
NEEDED_DOCUMENTS = frozenset({"clauses", "rates", "statement"})
Breach = tuple[str, str, str, str]
"""(rule, field, zh, en)"""


def page(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    if len(version.figures) != 3:
        yield "PUB-1", "product.figures", "应恰好三项", "needs exactly three"
    missing = NEEDED_DOCUMENTS - {document.code for document in version.documents}
    if missing:
        names = "、".join(sorted(missing))
        yield "PUB-1", "product.documents", f"缺少 {names}", f"lacks {', '.join(sorted(missing))}"
    for index, coverage in enumerate(version.coverages):
        if wording.wording_of(version.clauses, coverage.clause) is None:
            yield "PUB-1", f"product.coverages[{index}].clause", "在条款里找不到", "is not in the wording"


def window(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    """`sale_ends` is the last day of sale, itself included; every period that leaves the room is half-open."""
    if version.sale_ends is not None and version.sale_ends < version.effective_from:
        yield "PUB-2", "product.sale_ends", "早于销售开始日", "is before the first day of sale"


def exclusions(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    places = wording.excluding_places(version.clauses)
    explained = [exclusion.clause for exclusion in version.exclusions]
    for place in places:
        if place not in explained:
            yield "PUB-5", "exclusions", f"条款 {place} 没有白话说明", f"clause {place} has no plain words"
    for place in explained:
        if place not in places:
            yield "PUB-5", "exclusions", f"条款 {place} 没有标明免责", f"clause {place} is not marked as excluding"


def _is_internet(version: ProductVersion) -> bool:
    """Internet life and health business (PUB-6)."""
    return version.line in INTERNET_LINES and version.sold_in_app


def internet_name(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    if _is_internet(version):
        for field, name in (("product.name.zh", version.name.zh), ("product.clause_name", version.clause_name)):
            if "互联网" not in name:
                yield "PUB-6", field, "名称须含“互联网”", "must contain 互联网"


def internet_expenses(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    if not _is_internet(version):
        return
    limits = limits_on(version.effective_from)
    short = (("expense_first_year_bp", version.expense_first_year_bp, limits.short_term_expense_bp),)
    long = (
        ("expense_first_year_bp", version.expense_first_year_bp, limits.long_term_first_year_expense_bp),
        ("expense_average_bp", version.expense_average_bp, limits.long_term_average_expense_bp),
    )
    for field, value, cap in long if version.period_kind == "years" else short:
        if value > cap:
            yield "PUB-6", f"product.{field}", f"不得超过 {cap}", f"may not exceed {cap}"


def equal_instalments(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    if not _is_internet(version) or version.period_kind == "years":
        return
    multiple = version.formula.steps[-1].multiple_fen
    for index, plan in enumerate(version.instalments):
        if not plan.whole_premium and plan.count and not plan.factor_bp and multiple % plan.count:
            field = f"formula.instalments[{index}].count"
            yield "PUB-6", field, f"保费取整到 {multiple} 分，分不成相等的期", "instalments would not be equal"


def long_term_values(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    """A contract of several years shows what leaving it gives, year by year (PUB-4)."""
    if version.period_kind != "years":
        return
    table = version.table("cash_values")
    if table is None:
        yield "PUB-4", "formula.tables", "长期合同须有 cash_values 现金价值表", "a long contract needs cash_values"
    elif all(dimension.input != "policy_year" for dimension in table.dimensions):
        yield "PUB-4", "formula.tables", "现金价值表须按 policy_year 列出", "cash_values go by policy_year"
    if all(document.code != "cash_values" for document in version.documents):
        yield "PUB-4", "product.documents", "缺少 cash_values", "lacks cash_values"


def health_days(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    """Health business (PUB-7)."""
    if version.line not in HEALTH_LINES:
        return
    limits = limits_on(version.effective_from)
    if version.waiting_days > limits.longest_waiting_days:
        cap = limits.longest_waiting_days
        yield "PUB-7", "product.waiting_days", f"不得超过 {cap} 日", f"may not exceed {cap} days"
    floor = limits.long_term_health_cooling_off_days
    if version.period_kind == "years" and version.cooling_off_days < floor:
        yield "PUB-7", "product.cooling_off_days", f"不得少于 {floor} 日", f"may not be below {floor} days"


def health_renewal(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    if version.line not in HEALTH_LINES or version.period_kind == "years":
        return
    for part, content in raw.items():
        if "自动续保" in canonical_bytes(content).decode():
            yield "PUB-7", part, "短期健康险不得使用“自动续保”", "short-term health may not say 自动续保"
    if "不保证续保" not in version.disclosure.renewal.zh:
        yield "PUB-7", "product.disclosure.renewal.zh", "须写明“不保证续保”", "must say 不保证续保"
    if not any("不保证续保" in section.body for section in version.clauses):
        yield "PUB-7", "clauses", "须写明“不保证续保”", "must say 不保证续保"


def claims(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    coverages = {coverage.code for coverage in version.coverages}
    for index, event in enumerate(version.claim_rules.events):
        field = f"claims.events[{index}]"
        if event.coverage not in coverages:
            yield "PUB-1", f"{field}.coverage", "没有这项保障", "names no coverage"
        if not event.steps and (event.instant_limit_fen is not None or event.at_most is None):
            zh, en = "没有算法的事件由人核定，须写 at_most", "without steps a person settles it; at_most is needed"
            yield "PUB-1", f"{field}.steps", zh, en
        if event.steps and event.steps[0].op not in ("start", "benefit", "daily"):
            zh, en = "第一步应为 start、benefit 或 daily", "should be start, benefit or daily"
            yield "PUB-1", f"{field}.steps[0].op", zh, en
        for number, step in enumerate(event.steps):
            at = f"{field}.steps[{number}]"
            if wording.wording_of(version.clauses, step.clause) is None:
                yield "PUB-1", f"{at}.clause", "在条款里找不到", "is not in the wording"
            for part, zh, en in _step_faults(event.steps[:number], step):
                yield "PUB-1", f"{at}.{part}", zh, en
        for number, paper in enumerate(event.papers):
            for code, values in paper.when.items():
                if not _can_be(version, code, values):
                    zh, en = "计价要素没有这个选项，这份材料永远不会要", "is no choice of an input: never asked for"
                    yield "PUB-1", f"{field}.papers[{number}].when.{code}", zh, en
        for number, exclusion in enumerate(event.exclusions):
            at = f"{field}.exclusions[{number}]"
            if wording.wording_of(version.clauses, exclusion.clause) is None:
                yield "PUB-1", f"{at}.clause", "在条款里找不到", "is not in the wording"
            if not exclusion.words:
                yield "PUB-1", f"{at}.words", "至少写一个词", "needs a word"


def _can_be(version: ProductVersion, code: str, values: Sequence[str]) -> bool:
    """Whether every one of the values can be that of a contract; of an input that is no choice, any."""
    asked = version.rating_input(code)
    if asked is None:
        return False
    return not asked.choices or {choice.value for choice in asked.choices}.issuperset(values)


def _step_faults(before: Sequence[ClaimStep], step: ClaimStep) -> Iterator[tuple[str, str, str]]:
    """Steps that could not be followed line by line: of single visits once a share was taken of all, or open tiers."""
    one_by_one = step.op == "sublimit" or step.per == "visit"
    if one_by_one and any(earlier.op in ("times", "tiers", "cap") for earlier in before):
        yield "per", "逐次、逐项的限额和免赔须在比例之前", "what counts by visit or item comes before any share"
    if step.op in ("sublimit", "daily", "cap", "benefit") and step.amount is None:
        yield "amount", "缺少金额", "needs an amount"
    if step.op == "minus" and step.amount is None and not step.field:
        yield "amount", "写明金额或票据项目", "needs an amount or a field"
    if step.op == "tiers":
        bounds = [tier.up_to_fen for tier in step.tiers]
        closed = [bound for bound in bounds[:-1] if bound is not None]
        if not bounds or bounds[-1] is not None or len(closed) != len(bounds) - 1 or closed != sorted(set(closed)):
            yield "tiers", "各段上限须递增，最后一段不设上限", "bounds must rise and the last one stay open"
        if any(not 0 <= tier.bp <= BASIS for tier in step.tiers):
            yield "tiers", "比例须在 0 到 100% 之间", "shares lie between 0 and 100%"
