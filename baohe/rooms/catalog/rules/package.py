"""The raw package (what the files say) → `ProductVersion`. Pure; a wrong field raises `NotPublishable`."""

from __future__ import annotations

from typing import Any

from baohe.kernel.canonical import digest
from baohe.rooms.catalog.contracts import (
    Coverage,
    Disclosure,
    Document,
    Exclusion,
    Insurer,
    Labelled,
    PackageCase,
    PeriodRule,
    PlainRule,
    ProductVersion,
    SumInsured,
    Term,
    Titled,
)
from baohe.rooms.catalog.rules import wording
from baohe.rooms.catalog.rules.claim_part import claim_rules
from baohe.rooms.catalog.rules.price_part import formula, rate_tables, rating_inputs
from baohe.rooms.catalog.rules.reading import Node
from baohe.rooms.catalog.rules.risk_part import questionnaire, underwriting_rules

Raw = dict[str, Any]
"""Keys: code, version, product, clauses (text), exclusions, formula, rates {file stem: rows}, questionnaire,
underwriting, claims, cases. Rows keep their header as the first row."""


def parse(raw: Raw) -> ProductVersion:
    """Build the version. Checks that need the whole are in `publishing`."""
    name = f"{raw.get('code')}@{raw.get('version')}"
    whole = Node(raw, "", name)
    product = whole.node("product")
    told = product.node("disclosure")
    first = product.node("from")
    sections = wording.sections(whole.word("clauses"))
    risk = whole.node("underwriting")
    return ProductVersion(
        id=name,
        product_code=whole.word("code"),
        version=whole.word("version"),
        line=product.word("line"),
        insurer=_insurer(product.node("insurer")),
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
        period=_period(product.node("period")),
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
        exclusions=_exclusions(whole, sections),
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
        rating_inputs=rating_inputs(whole.node("formula")),
        rate_tables=rate_tables(whole.node("formula"), whole.node("rates")),
        formula=formula(whole.node("formula")),
        questionnaire=questionnaire(whole.node("questionnaire")) if whole.has("questionnaire") else (),
        underwriting_rules=underwriting_rules(risk),
        underwriting_rule_version=risk.word("rule_version"),
        claim_rules=claim_rules(whole.node("claims")),
        cases=_cases(whole.node("cases")),
        content_hash=digest(raw),
    )


def _insurer(node: Node) -> Insurer:
    return Insurer(
        code=node.word("code"),
        name=node.text("name"),
        short_name=node.text("short_name"),
        complaint_phone=node.word("complaint_phone"),
        service_phone=node.word("service_phone"),
        licence=node.word("licence"),
    )


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
    if text is None:
        raise node.wrong("clause", "在条款里找不到", "is not in the wording", rule)
    return text


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
