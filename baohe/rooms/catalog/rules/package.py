"""The raw package (what the files say) → `ProductVersion`. Pure; a wrong field raises `NotPublishable`."""

from __future__ import annotations

from typing import Any

from baohe.kernel.canonical import digest
from baohe.kernel.regions import province_of
from baohe.rooms.catalog.contracts import (
    DESIGNS,
    GRACE_DAYS,
    ClaimRules,
    Coverage,
    Disclosure,
    Document,
    Exclusion,
    Formula,
    Labelled,
    PackageCase,
    PeriodRule,
    PlainRule,
    ProductVersion,
    Question,
    SumInsured,
    Term,
    Titled,
)
from baohe.rooms.catalog.rules import wording
from baohe.rooms.catalog.rules.claim_part import claim_rules
from baohe.rooms.catalog.rules.coinsurance_part import coinsurance, insurer_of
from baohe.rooms.catalog.rules.faults import Faults
from baohe.rooms.catalog.rules.insured_part import insured_object
from baohe.rooms.catalog.rules.price_part import formula, rate_tables, rating_inputs
from baohe.rooms.catalog.rules.reading import Node
from baohe.rooms.catalog.rules.risk_part import questionnaire, underwriting_rules
from baohe.rooms.catalog.rules.source import Raw
from baohe.rooms.catalog.rules.trigger_part import triggers


def parse(raw: Raw) -> ProductVersion:
    """Build the version; the first fault is raised. Checks that need the whole are in `publishing`."""
    faults = Faults()
    version = read_version(raw, faults)
    if version is None:
        raise faults.found[0]
    return version


def read_version(raw: Raw, faults: Faults) -> ProductVersion | None:
    """The version; or None, and everything that is wrong with its fields noted in `faults`."""
    version = faults.take(lambda: _version(raw, faults), None)
    return None if faults else version


def _version(raw: Raw, faults: Faults) -> ProductVersion:
    name = f"{raw.get('code')}@{raw.get('version')}"
    whole = Node(raw, "", name, faults)
    product = whole.node("product")
    told = product.node("disclosure")
    first = product.node("from")
    sections = wording.sections(whole.word("clauses"))
    risk = whole.node("underwriting")
    insurer = insurer_of(product.node("insurer"))
    take = faults.take
    return ProductVersion(
        id=name,
        product_code=whole.word("code"),
        version=whole.word("version"),
        line=product.word("line"),
        insurer=insurer,
        name=product.text("name"),
        clause_name=product.word("clause_name"),
        filing_number=product.word("filing_number"),
        promise=product.text("promise"),
        tag=product.text_or_none("tag"),
        scenes=product.strings("scenes"),
        channels=frozenset(product.strings("channels")),
        effective_from=product.date("effective_from"),
        sale_ends=product.date("sale_ends") if product.has("sale_ends") else None,
        waiting_days=product.whole("waiting_days"),
        cooling_off_days=product.whole("cooling_off_days"),
        min_age_days=product.whole("min_age_days"),
        max_age=product.whole("max_age"),
        period=take(lambda: _period(product.node("period")), _NO_PERIOD),
        sum_insured=_sum_insured(product.node("sum_insured")),
        commission_bp=product.whole("commission_bp"),
        expense_first_year_bp=product.whole("expense_first_year_bp"),
        expense_average_bp=product.whole("expense_average_bp"),
        sample=product.bool_or("sample", False),
        figures=tuple(Labelled(f.text("label"), f.text("value")) for f in product.nodes("figures")),
        figures_note=product.text_or_none("figures_note"),
        from_inputs=first.string_map("inputs"),
        from_plan=first.word("plan"),
        from_fen=first.whole("fen"),
        from_conditions=first.text("conditions"),
        covered=_titled(product, "covered"),
        not_covered=_titled(product, "not_covered"),
        coverages=tuple(
            Coverage(
                code=c.word("code"),
                name=c.text("name"),
                detail=c.text("detail"),
                limit=c.text("limit"),
                clause=c.word("clause"),
                when=c.conditions("when"),
            )
            for c in product.nodes("coverages")
        ),
        exclusions=take(lambda: _exclusions(whole, sections), ()),
        plain_rules=tuple(
            PlainRule(
                question=r.text("question"),
                answer=r.text("answer"),
                clause=r.word("clause"),
                wording=_wording(r, sections),
            )
            for r in product.nodes("plain_rules")
        ),
        disclosure=Disclosure(
            renewal=told.text("renewal"),
            fees=told.text("fees"),
            surrender=told.text("surrender"),
            cash_value=told.text("cash_value"),
            untrue_disclosure=told.text("untrue_disclosure"),
            claim_process=told.texts("claim_process"),
            delivery=told.text("delivery"),
            hospital_scope=told.text_or_none("hospital_scope"),
        ),
        documents=tuple(
            Document(d.word("code"), d.text("title"), d.text("detail")) for d in product.nodes("documents")
        ),
        compare=_compare(product.node("compare")),
        clauses=sections,
        rating_inputs=take(lambda: rating_inputs(whole.node("formula")), ()),
        rate_tables=take(lambda: rate_tables(whole.node("formula"), whole.node("rates")), ()),
        formula=take(lambda: formula(whole.node("formula")), _NO_FORMULA),
        questionnaire=take(lambda: questionnaire(whole.node("questionnaire")), ())
        if whole.has("questionnaire")
        else (),
        underwriting_rules=take(lambda: underwriting_rules(risk), ()),
        underwriting_rule_version=risk.word("rule_version"),
        claim_rules=take(lambda: claim_rules(whole.node("claims")), _NO_CLAIMS),
        cases=take(lambda: _cases(whole.node("cases")), ()),
        content_hash=digest(raw),
        insured_object=take(lambda: insured_object(product), ()),
        regions=take(lambda: _regions(product), ()),
        coinsurance=take(lambda: coinsurance(product, insurer), ()),
        quota=_quota(product),
        grace_days=product.whole("grace_days") if product.has("grace_days") else GRACE_DAYS,
        design=_design(product),
        triggers=take(lambda: triggers(whole), ()),
    )


_NO_PERIOD = PeriodRule("", "", {})
_NO_FORMULA = Formula((), (), None)
_NO_CLAIMS = ClaimRules("", ())
"""Stand for a part that could not be read; no version is ever made of them."""


def _questions(whole: Node) -> tuple[Question, ...]:
    return questionnaire(whole.node("questionnaire")) if whole.has("questionnaire") else ()


def _titled(node: Node, key: str) -> tuple[Titled, ...]:
    return tuple(Titled(item.text("title"), item.text("detail")) for item in node.nodes(key))


def _compare(node: Node) -> dict[str, Titled]:
    return {
        key: Titled(node.node(key).text("title"), node.node(key).text("detail", may_be_empty=True))
        for key in node.names()
    }


def _period(node: Node) -> PeriodRule:
    terms = node.node("terms")
    return PeriodRule(
        kind=node.word("kind"),
        term_input=node.str_or("term_input", ""),
        terms={
            key: Term(
                days=terms.node(key).int_or("days", 0),
                months=terms.node(key).int_or("months", 0),
                years=terms.node(key).int_or("years", 0),
                to_age=terms.node(key).int_or("to_age", 0),
            )
            for key in terms.names()
        },
    )


def _sum_insured(node: Node) -> SumInsured:
    return SumInsured(
        fixed_fen=node.int_or("fixed_fen", 0),
        input=node.str_or("input", ""),
        by_value_fen=node.int_map("by_value_fen"),
    )


def _wording(node: Node, sections: tuple[Any, ...], rule: str = "PUB-1") -> str:
    text = wording.wording_of(sections, node.word("clause"))
    if text is None and sections:
        node.tell("clause", "在条款里找不到", "is not in the wording", rule)
    return text or ""


def _regions(product: Node) -> tuple[str, ...]:
    """Provinces of sale as codes of two digits, however long they were written; none = the whole country."""
    written = product.strings("regions") if product.has_items("regions") else ()
    for code in written:
        if province_of(code) is None:
            product.tell("regions", f"“{code}”不是省级行政区划代码", f"“{code}” is no code of a province")
    return tuple(dict.fromkeys(code[:2] for code in written))


def _design(product: Node) -> str:
    design = product.str_or("design", DESIGNS[0])
    if design not in DESIGNS:
        product.tell("design", f"只能是 {'、'.join(DESIGNS)}", f"must be one of {', '.join(DESIGNS)}")
    return design


def _quota(product: Node) -> int | None:
    if not product.has("quota"):
        return None
    quota = product.whole("quota")
    if quota <= 0:
        product.tell("quota", "应大于零；不限量就不写", "must be above 0; none = no limit", "PUB-2")
    if "open_api" in product.strings("channels"):
        # a partner's thousand orders would queue on one counter, and be refused one by one
        product.tell("quota", "限量产品不能在开放接口销售", "is not for products of the open API", "PUB-2")
    return quota


def _exclusions(whole: Node, sections: tuple[Any, ...]) -> tuple[Exclusion, ...]:
    return tuple(
        Exclusion(number=number, plain=e.text("plain"), wording=_wording(e, sections, "PUB-5"), clause=e.word("clause"))
        for number, e in enumerate(whole.nodes("exclusions"), start=1)
    )


def _cases(node: Node) -> tuple[PackageCase, ...]:
    cases: list[PackageCase] = []
    for case in node.nodes("price"):
        expect: dict[str, str | int] = (
            {"refused_field": case.word("refused_field")}
            if case.has("refused_field")
            else {"premium_fen": case.whole("premium_fen")}
        )
        cases.append(PackageCase(case.word("name"), "price", case.string_map("inputs"), {}, expect))
    for case in node.nodes_or_none("underwriting"):
        expect = {"outcome": case.word("outcome"), "loading_bp": case.int_or("loading_bp", 0)}
        cases.append(
            PackageCase(
                case.word("name"), "underwriting", case.string_map("inputs"), case.string_map("answers"), expect
            )
        )
    return tuple(cases)
