"""A sample population to try rules on: invented people whose mix is written here, the same for the same seed.

The shares are assumptions in bp (1/10,000), not statistics of anybody: ages as an app's customers have them, BMI and
occupations of working people, and how often a closed question is answered with something else than its first answer.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import add_years
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion, Question, RatingInput, holds
from baohe.rooms.underwriting.contracts import Held
from baohe.rooms.underwriting.retentions import retention_fen
from baohe.rooms.underwriting.rules import answers as product_rules
from baohe.rooms.underwriting.rules import seen, whole
from baohe.rooms.underwriting.rules.engine import Compiled
from baohe.rooms.underwriting.rules.seen import Applicant
from baohe.rooms.underwriting.rules.whole import Case

_DISCLOSED_BP: Mapping[str, int] = {
    "duties": 40,
    "sports": 150,
    "advised": 60,
    "stayed": 150,
    "chronic": 700,
    "nodule": 600,
    "severe": 80,
    "pregnancy": 100,
    "tobacco": 1_200,
    "family": 80,
    "declined": 60,
}
_OTHERWISE_BP = 30
_UNSURE_BP = 10
_CLASSES = ((1, 5_200), (2, 2_600), (3, 1_200), (4, 800), (5, 120), (6, 50), (9, 30))
_BMI = ((17, 700), (20, 2_900), (23, 3_200), (26, 2_100), (29, 800), (32, 230), (36, 50), (41, 15), (15, 5))
_SIMPLE_LINES = frozenset(
    {
        "accident",
        "ride",
        "travel",
        "compulsory_motor",
        "shared_car",
        "broken_screen",
        "goods_quality",
        "account_security",
    }
)
_USUAL_SUM_FEN = 100_000_000
_CUSTOMARY_BP = 7_000
"""How often a choice stays what the product suggests."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came out for one invented person."""

    version_id: str
    outcome: str
    loading_bp: int

    @property
    def words(self) -> str:
        """The outcome with its loading in percent, e.g. "load +25%"."""
        return self.outcome + (f" +{self.loading_bp // 100}%" if self.loading_bp else "")


@dataclass(frozen=True, slots=True)
class Share:
    """How many were decided without a person; `by_product`: version → (people, of them sent to a person)."""

    people: int
    referred: int
    by_product: Mapping[str, tuple[int, int]]

    @property
    def straight_bp(self) -> int:
        return (self.people - self.referred) * 10_000 // self.people


def simple(version: ProductVersion) -> bool:
    """What an app sells in a minute: everyday cover of a usual sum, for a year or an order."""
    default = {item.code: item.default for item in version.rating_inputs}
    return version.line in _SIMPLE_LINES and version.sum_insured.fen(default) <= _USUAL_SUM_FEN


def try_out(versions: Sequence[ProductVersion], rules: Compiled, people: int, seed: int, day: date) -> Iterator[Tried]:
    """Decide for `people` invented people, the products in turn. The same arguments give the same people, whatever
    the rules say: two rule sets can be compared person by person."""
    chance = random.Random(seed)  # noqa: S311 - a sample to repeat, not a secret
    for number in range(people):
        version = versions[number % len(versions)]
        decision = whole.decide(version, rules, "sample", case_of(version, chance, day))
        yield Tried(version.id, decision.outcome, decision.detail["loading_bp"])


def share(versions: Sequence[ProductVersion], rules: Compiled, people: int, seed: int, day: date) -> Share:
    """Straight-through share of the sample."""
    asked: Counter[str] = Counter()
    referred: Counter[str] = Counter()
    for tried in try_out(versions, rules, people, seed, day):
        asked[tried.version_id] += 1
        referred[tried.version_id] += tried.outcome == "refer"
    return Share(people, referred.total(), {name: (count, referred[name]) for name, count in asked.items()})


def case_of(version: ProductVersion, chance: random.Random, day: date) -> Case:
    """One invented person asking for one product."""
    age = min(max(round(chance.gauss(36, 11)), 18), min(version.max_age, 65) if version.max_age else 65)
    applicant = Applicant(add_years(day, -age), chance.choice(("male", "female")), _pick(_CLASSES, chance))
    inputs = {item.code: _input(item, applicant, age, chance) for item in version.rating_inputs}
    facts = {**inputs, "sex": applicant.sex}
    given = _answers(version, facts, _body(chance), chance)
    told = seen.told_by(product_rules.asked(version, facts, given), given)
    kept = retention_fen(version.insurer.code, seen.benefit_of(version.line), day)
    return Case(facts, given, seen.seen_of(version, applicant, inputs, told, _held(chance), kept, day), day)


def _input(item: RatingInput, applicant: Applicant, age: int, chance: random.Random) -> str:
    """What belongs to the person as it is, as far as the tariff has it; choices mostly as suggested."""
    own = {"age": str(age), "sex": applicant.sex, "occupation_class": str(applicant.occupation_class)}
    offered = [choice.value for choice in item.choices]
    if item.code in own:
        return own[item.code] if not offered or own[item.code] in offered else item.default
    if not offered or chance.randrange(10_000) < _CUSTOMARY_BP:
        return item.default
    return chance.choice(offered)


def _answers(
    version: ProductVersion, facts: Mapping[str, str], body: Mapping[str, int], chance: random.Random
) -> dict[str, str]:
    given: dict[str, str] = {}
    for question in version.questionnaire:
        openers = question.asked_when
        opened = not openers or any(given.get(other) in values for other, values in openers.items())
        if opened and holds(question.only_for, facts):
            given[question.id] = _answer(question, body, chance)
    return given


def _answer(question: Question, body: Mapping[str, int], chance: random.Random) -> str:
    if question.number is not None:
        told = body.get(question.feeds.fact, 0) if question.feeds is not None else 0
        return str(min(max(told, question.number.low), question.number.high))
    values = [choice.value for choice in question.answers]
    if "unsure" in values and chance.randrange(10_000) < _UNSURE_BP:
        return "unsure"
    others = [value for value in values[1:] if value != "unsure"]
    if question.asked_when:
        return chance.choice([values[0], *others])
    often = _DISCLOSED_BP.get(question.id, _OTHERWISE_BP)
    return chance.choice(others) if others and chance.randrange(10_000) < often else values[0]


def _body(chance: random.Random) -> dict[str, int]:
    height = min(max(round(chance.gauss(167, 8)), 145), 195)
    bmi = _pick(_BMI, chance)
    income = max(3, round(chance.lognormvariate(2.6, 0.6)))
    return {"height_cm": height, "weight_kg": round(bmi * height * height / 10_000), "income_wan": income}


def _held(chance: random.Random) -> Held:
    """Most have nothing; some an accident policy, fewer life, critical illness or medical cover as well."""
    sums = {
        kind: fen
        for kind, fen, often in (
            ("accident", 30_000_000, 2_500),
            ("life", 50_000_000, 900),
            ("critical", 30_000_000, 1_200),
        )
        if chance.randrange(10_000) < often
    }
    return Held(sums, {}, indemnity_policies=int(chance.randrange(10_000) < 2_000))


def _pick(shares: Sequence[tuple[int, int]], chance: random.Random) -> int:
    return chance.choices([value for value, _ in shares], [weight for _, weight in shares])[0]


def on_shelf(day: date) -> list[ProductVersion]:
    """What is on sale in the app on a day."""
    return catalog.on_sale("app", day)
