"""The pages of one product: detail (PUB-1), clauses, rate tables, questions."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import basis, sale
from baohe.faces.shop.schemas import catalog as schema
from baohe.flows import limited
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import Card, Insurer, ProductVersion, Question, holds


def detail(card: Card, version: ProductVersion) -> schema.ProductDetail:
    """Everything PUB-1 demands; the publishing check has proved that nothing is missing."""
    told = version.disclosure
    return schema.ProductDetail(
        **shapes.card(card).model_dump(),
        clause_name=version.clause_name,
        marketing_name=shapes.text(version.name),
        filing_number=version.filing_number,
        effective_from=version.effective_from,
        sale_ends=version.sale_ends,
        covered=shapes.titled(version.covered),
        not_covered=shapes.titled(version.not_covered),
        coverages=shapes.coverages(version.coverages),
        exclusions=[
            schema.Exclusion(number=e.number, plain=shapes.text(e.plain), wording=e.wording, clause=e.clause)
            for e in version.exclusions
        ],
        plain_rules=[
            schema.PlainRule(
                question=shapes.text(r.question), answer=shapes.text(r.answer), clause=r.clause, wording=r.wording
            )
            for r in version.plain_rules
        ],
        waiting_days=version.waiting_days,
        cooling_off_days=version.cooling_off_days,
        renewal=shapes.text(told.renewal),
        fees=shapes.text(told.fees),
        surrender=shapes.text(told.surrender),
        cash_value=shapes.text(told.cash_value),
        untrue_disclosure=shapes.text(told.untrue_disclosure),
        claim_process=[shapes.text(step) for step in told.claim_process],
        delivery=shapes.text(told.delivery),
        hospital_scope=shapes.text_or_none(told.hospital_scope),
        insurer_detail=_insurer(version.insurer),
        documents=[
            schema.ProductDocument(
                code=d.code,
                title=shapes.text(d.title),
                detail=shapes.text(d.detail),
                url=_DOCUMENT_URL[d.code].format(code=version.product_code),
            )
            for d in version.documents
        ],
        rating_inputs=[
            schema.RatingInput(
                code=i.code,
                name=shapes.text(i.name),
                kind=i.kind,
                source=i.source,
                choices=shapes.choices(i.choices),
                minimum=i.minimum,
                maximum=i.maximum,
                default=i.default,
            )
            # How many of a family are insured together is what the basket says, so nobody is asked.
            for i in version.rating_inputs
            if version.formula.family is None or i.code != version.formula.family.size_input
        ],
        sample=version.sample,
        figures_note=shapes.text_or_none(version.figures_note),
        carriers=shapes.carriers(version),
        left=limited.left(version),
    )


_DOCUMENT_URL = {
    "clauses": "/products/{code}/clauses",
    "rates": "/products/{code}/rates",
    "statement": "/products/{code}/statement",
    "cash_values": "/products/{code}/rates?table=cash_values",
}


def clauses(version: ProductVersion) -> schema.Clauses:
    return schema.Clauses(
        product=version.product_code,
        version=version.version,
        clause_name=version.clause_name,
        sections=[
            schema.ClauseSection(number=s.number, title=s.title, body=s.body, exclusion=s.exclusion)
            for s in version.clauses
        ],
    )


def rates(version: ProductVersion, table_name: str, page: int, size: int) -> schema.RateTable:
    """One page of a filed table, cells as filed. Raises `InvalidInput` naming the tables there are."""
    table = version.table(table_name) if table_name else version.rate_tables[0]
    if table is None:
        names = ", ".join(t.name for t in version.rate_tables)
        raise InvalidInput(field="table", reason_zh=f"可选：{names}", reason_en=f"one of: {names}")
    first = (page - 1) * size
    return schema.RateTable(
        name=table.name,
        title=shapes.text(table.title),
        unit=shapes.text(table.unit_text),
        columns=list(table.columns),
        rows=[list(row) for row in table.rows[first : first + size]],
        total_rows=len(table.rows),
        tables=[basis.Choice(value=t.name, label=shapes.text(t.title)) for t in version.rate_tables],
    )


def questionnaire(version: ProductVersion, known: Mapping[str, str]) -> sale.Questionnaire:
    """The questions for a person of whom `known` inputs are certain; a question for others only is left out."""
    asked = [q for q in version.questionnaire if holds({c: v for c, v in q.only_for.items() if c in known}, known)]
    return sale.Questionnaire(
        product=version.product_code,
        version=version.version,
        questions=[_question(q) for q in asked],
        health_consent_needed=any(q.health for q in asked),
    )


def _question(question: Question) -> sale.Question:
    return sale.Question(
        id=question.id,
        title=shapes.text(question.title),
        items=[
            sale.QuestionItem(
                title=shapes.text(i.title), detail=shapes.text_or_none(i.detail), term=shapes.text_or_none(i.term)
            )
            for i in question.items
        ],
        why=shapes.text(question.why),
        answers=shapes.choices(question.answers),
        asked_when={other: list(answers) for other, answers in question.asked_when.items()},
        term=shapes.text_or_none(question.term),
        number=_number(question),
    )


def _insurer(insurer: Insurer) -> schema.Insurer:
    return schema.Insurer(
        code=insurer.code,
        name=shapes.text(insurer.name),
        short_name=shapes.text(insurer.short_name),
        complaint_phone=insurer.complaint_phone,
        service_phone=insurer.service_phone,
        licence=insurer.licence,
    )


def _number(question: Question) -> sale.NumberAnswer | None:
    if question.number is None:
        return None
    return sale.NumberAnswer(low=question.number.low, high=question.number.high, unit=shapes.text(question.number.unit))
