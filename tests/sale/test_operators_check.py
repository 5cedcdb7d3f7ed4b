"""What `baohe check` finds out about a sale when somebody with the owner's rights changed what was kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from baohe.cli import check
from baohe.flows import underwrite
from baohe.plumbing import clock
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.models import Link
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.models import Step
from baohe.rooms.underwriting import facade as underwriting
from tests.sale import steps, world
from tests.sale.underwriting_steps import HEALTHY, ILLNESS
from tests.sale.world import Customer

LIFE, ANNUITY = "yunshan-term-life", "lanjiang-annuity"


def past_the_triggers(change: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(change, values)
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.rule("SALE-11")
def test_a_consent_is_proved_by_what_is_kept_of_it(lin: Customer) -> None:
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    proposal = steps.drafted(lin, spouse, LIFE, instalment="yearly")
    steps.consented(proposal)
    assert assents.problems() == []
    link = Link.objects.get()
    past_the_triggers("UPDATE assents_link SET content = %s", "0" * 64)
    assert assents.problems() == [f"consent link {link.id}: the terms kept are not those that were agreed to"]
    past_the_triggers("UPDATE assents_link SET terms_sealed = phone_sealed")
    assert assents.problems() == [f"consent link {link.id}: the terms that were agreed to cannot be opened"]


@pytest.mark.rule("SALE-15")
def test_the_copy_of_a_card_is_there_and_opens(lin: Customer) -> None:
    proposal = steps.drafted(lin, product=ANNUITY, instalment="yearly", inputs={"pension": "24000", "pay_period": "10"})
    steps.identified(proposal)
    assert identification.problems() == []
    row = Step.objects.get()
    folder = Path(settings.BAOHE_DATA) / "files" / "identification"
    front, back = folder / f"{row.id}.front", folder / f"{row.id}.back"
    back.write_bytes(front.read_bytes())
    front.unlink()
    assert identification.problems() == [
        f"copy of a card {row.id}, front: the picture is gone",
        f"copy of a card {row.id}, back: the picture cannot be opened",
    ]


@pytest.mark.rule("SALE-15")
def test_a_list_that_no_round_compared_is_told_after_a_day(lin: Customer) -> None:
    content = "reference,name,birth,note\nR-1,周远,1990-06-01,\n".encode()
    identification.load_list("v1", date(2026, 11, 22), "测试名单", content)
    assert identification.problems() == []
    with clock.travel(world.NOW + timedelta(days=1, minutes=1)):
        assert identification.problems() == ["screening list v1 came a day ago and was not compared with everybody"]


@pytest.mark.rule("DATA-3")
def test_every_decision_comes_out_again_under_the_rules_that_were_released(lin: Customer) -> None:
    found = underwrite.declare(
        lin.id, steps.quoted(lin, None, ILLNESS).id, {**HEALTHY, "weight": "85"}, health_consent=True
    )
    assert underwriting.problems() == []
    # a decision that somebody bettered
    past_the_triggers("UPDATE underwriting_declaration SET decision = jsonb_set(decision, '{outcome}', '\"accept\"')")
    assert underwriting.problems() == [f"declaration {found.id}: decides otherwise than it did"]
    # answers that nobody can open
    past_the_triggers("UPDATE underwriting_declaration SET answers_sealed = seen_sealed")
    [told] = underwriting.problems()
    assert told.startswith(f"declaration {found.id}: cannot be decided again")
    # rules that read otherwise than when they were released: named once, and not for each of their decisions
    past_the_triggers("UPDATE underwriting_ruleset SET content = replace(content, '2500', '2600')")
    assert underwriting.problems() == ["rule set */1 is not the document that was released"]


def test_every_room_that_is_asked_answers(lin: Customer) -> None:
    answers = {room: check._ask(room, name) for room, name in check._ROOMS.items()}
    assert {"suitability", "call_backs", "identification", "assents", "recordings", "underwriting"} < set(answers)
    assert answers == {room: [] for room in answers}
