"""`underwriting.straight_through`: how many of the sample population of simple products are decided without a person.

Ours is the whole decision: the product's own rules and the house's rule set. The reference is what the products' rules
alone would let through, of the same people in the same run: the most that the house's rules could reach.
"""

from __future__ import annotations

import random
import sys

from django.conf import settings

from baohe.cli.bench import Measure
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.underwriting import population, rule_sets, rules
from baohe.rooms.underwriting.rules.engine import compiled

PEOPLE = 10_000
SEED = 20261130
GOAL = 99.0


def measure() -> Measure:
    """Percent of the sample; goal 99."""
    catalog.sync_packages(settings.BAOHE_PRODUCTS)
    day = clock.today()
    versions = [version for version in population.on_shelf(day) if population.simple(version)]
    tables = compiled(rule_sets.in_force("", "", day).content)
    found = population.share(versions, tables, PEOPLE, SEED, day)
    for name, (people, referred) in found.by_product.items():
        print(f"underwriting.straight_through: {name} {referred} of {people} to a person", file=sys.stderr)
    if found.straight_bp < GOAL * 100:
        raise RuntimeError(f"{found.straight_bp / 100} % is below the goal of {GOAL} %")
    chance = random.Random(SEED)  # noqa: S311 - a sample to repeat, not a secret
    alone = 0
    for number in range(PEOPLE):
        version = versions[number % len(versions)]
        case = population.case_of(version, chance, day)
        alone += rules.decide(version, case.facts, case.answers).outcome != "refer"
    return Measure(found.straight_bp / 100, "%", 100 * alone / PEOPLE)
