"""Looks on PostgreSQL: what is found around a claim, that it is kept once and for ever, and what people made of it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.fraud.contracts import CARD, INVOICE, PHONE, ClaimFacts, CoverDays, Mark
from baohe.rooms.fraud.models import ClaimTrace, Feedback, KnownPicture, Look, RaisedSignal
from baohe.rooms.people.models import Account

TUESDAY = date(2026, 11, 17)
KEPT = date(2037, 3, 1)
COVER = CoverDays(bought_on=date(2026, 2, 26), start=date(2026, 3, 1), end=date(2027, 3, 1))
TABLES = ("fraud_look", "fraud_raisedsignal", "fraud_feedback")

pytestmark = pytest.mark.django_db


def facts(**changes: object) -> ClaimFacts:
    plain = ClaimFacts(uuid4(), 7, uuid4(), uuid4(), "accident_outpatient", TUESDAY, TUESDAY, COVER)
    return replace(plain, **changes)  # type: ignore[arg-type]


def codes(claim: ClaimFacts) -> list[str]:
    with transaction.atomic():
        return [signal.code for signal in fraud.look(claim)]


def staff(*roles: str) -> UUID:
    row = Account.objects.create(username=uuid4().hex, display_name="沈一诺", is_staff=True, joined_at=clock.now())
    row.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return row.id


def test_an_invoice_number_is_found_in_another_account_and_kept_as_a_hash_alone() -> None:
    first, second = facts(marks=(Mark(INVOICE, "8707257965"),)), facts(marks=(Mark(INVOICE, "8707257965"),))
    assert codes(first) == []
    assert codes(second) == ["invoice_repeated"]
    [signal] = fraud.signals_of(second.claim_id).signals or ()
    assert [point.id for point in signal.points_to] == [str(first.claim_id)]
    assert all(b"8707257965" not in bytes(row.mark) for row in ClaimTrace.objects.all())
    assert all(b"8707257965" not in bytes(row.seen_sealed) for row in Look.objects.all())


def test_a_corrected_number_accuses_nobody_any_more() -> None:
    first = facts(marks=(Mark(INVOICE, "1"),))
    codes(first)
    codes(replace(first, marks=(Mark(INVOICE, "2"),)))
    assert codes(facts(marks=(Mark(INVOICE, "1"),))) == []


def test_two_accounts_over_a_third_are_connected_and_a_fourth_is_not() -> None:
    card, phone, far = Mark(CARD, "6222…01"), Mark(PHONE, "13800000007"), Mark(CARD, "6222…02")
    chain = [facts(marks=(card,)), facts(marks=(card, phone)), facts(marks=(phone, far)), facts(marks=(far,))]
    for one in chain:
        codes(one)
    assert codes(replace(chain[0], amount_fen=1)) == ["account_linked"]
    [signal] = fraud.signals_of(chain[0].claim_id).signals or ()
    told = {point.id for point in signal.points_to if point.kind == "account"}
    assert told == {str(chain[1].account_id), str(chain[2].account_id)}  # the fourth is three accounts away


def test_who_shares_a_mark_is_found_by_what_was_left_before_too() -> None:
    card, other = Mark(CARD, "6222021234567890128"), Mark(PHONE, "13800000007")
    mine, hers, his = facts(marks=(card,)), facts(marks=(card,)), facts(marks=(other,))
    for one in (mine, hers, his):
        codes(one)
    assert fraud.sharing(mine.account_id, ()) == (hers.account_id,)
    both = {hers.account_id, his.account_id}
    assert set(fraud.sharing(mine.account_id, (other,))) == both
    assert fraud.sharing(uuid4(), (Mark(INVOICE, "1"),)) == ()
    assert all(b"6222021234567890128" not in bytes(row.mark) for row in ClaimTrace.objects.all())


def test_what_many_accounts_share_is_no_connection() -> None:
    shop = Mark(PHONE, "02100000000")
    found = [codes(facts(marks=(shop,))) for _ in range(9)]
    assert found[7] == ["account_linked"]
    assert found[8] == []


@pytest.mark.parametrize(("days", "found"), [((1, 29), True), ((1, 30), False), ((10, 20, 40, 60, 89), True)])
def test_frequency_counts_the_days_before_the_notice(days: tuple[int, ...], found: bool) -> None:
    account = uuid4()
    for back in days:
        codes(facts(account_id=account, noticed_on=TUESDAY - timedelta(days=back)))
    codes(facts(account_id=account, noticed_on=TUESDAY + timedelta(days=1)))
    assert ("claims_frequent" in codes(facts(account_id=account))) is found


def test_a_dear_hospital_is_told_from_its_peers() -> None:
    for hospital in range(6):
        for number in range(8):
            codes(facts(provider=f"第{hospital}医院", amount_fen=80_000 + 1_000 * number + 2_000 * hospital))
    for _ in range(7):
        assert codes(facts(provider="贵医院", amount_fen=900_000)) == []
    assert codes(facts(provider="贵医院", amount_fen=900_000)) == ["provider_unusual"]
    assert codes(facts(provider="贵医院", amount_fen=900_000, event="another_event")) == []


def test_a_near_picture_of_another_claim_is_found_by_index() -> None:
    mine, other = facts(), facts()
    for claim, picture in ((other, 0x0F0F_F0F0_1234_ABCD), (mine, 0x0F0F_F0F0_1234_ABCD ^ 0b10101)):
        fraud.remember_picture(
            claim.claim_id, uuid4(), picture, account_id=claim.account_id, shard_key=7, keep_until=KEPT
        )
    fraud.remember_picture(
        uuid4(), uuid4(), 0x0F0F_F0F0_1234_ABCD ^ 0xFF, account_id=uuid4(), shard_key=7, keep_until=KEPT
    )
    assert codes(mine) == ["picture_similar"]
    [near] = [one for one in fraud.similar_pictures(0x0F0F_F0F0_1234_ABCD) if one.claim_id == mine.claim_id]
    assert near.distance == 3
    KnownPicture.objects.bulk_create(
        KnownPicture(
            paper_id=uuid4(),
            claim_id=uuid4(),
            account_id=uuid4(),
            shard_key=1,
            band_0=number % 65_536,
            band_1=number * 7 % 65_536,
            band_2=number * 31 % 65_536,
            band_3=number * 131 % 65_536,
        )
        for number in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fraud_knownpicture")
        cursor.execute(
            "EXPLAIN SELECT * FROM fraud_knownpicture WHERE band_0 IN (1, 2) OR band_1 IN (1, 2) OR band_2 IN (1, 2)"
            " OR band_3 IN (1, 2)"
        )
        plan = "\n".join(line for [line] in cursor.fetchall())
    assert "Seq Scan" not in plan


def test_the_same_sight_is_one_look_and_replays() -> None:
    claim = facts(marks=(Mark(INVOICE, "1"),), happened_on=date(2026, 11, 21))
    codes(facts(marks=(Mark(INVOICE, "1"),)))
    assert codes(claim) == codes(claim) == ["invoice_repeated", "free_day"]
    assert Look.objects.filter(claim_id=claim.claim_id).count() == 1
    stored, again = fraud.replay(claim.claim_id)
    assert stored == again
    assert len(stored) == 2
    with pytest.raises(NotFound):
        fraud.replay(uuid4())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET shard_key = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_was_seen_and_said_only_grows(table: str, change: str) -> None:
    claim = facts(happened_on=date(2026, 11, 21))
    codes(claim)
    fraud.feedback(claim.claim_id, staff("claims_handler"), "cleared")
    before = [list(model.objects.values_list()) for model in (Look, RaisedSignal, Feedback)]
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(change.format(table))
    assert [list(model.objects.values_list()) for model in (Look, RaisedSignal, Feedback)] == before


def test_precision_counts_a_claim_once_with_the_latest_word() -> None:
    handler, signalled = staff("claims_handler"), [facts(happened_on=date(2026, 11, 21)) for _ in range(4)]
    words = (["confirmed"], ["cleared", "confirmed"], ["unclear"], ["cleared"])
    for claim, said in zip(signalled, words, strict=True):
        codes(claim)
        codes(replace(claim, amount_fen=5_000))  # another look at the same claim
        for verdict in said:
            fraud.feedback(claim.claim_id, handler, verdict, "已电话核实")
    found = next(one for one in fraud.precision() if one.code == "free_day")
    assert (found.raised, found.confirmed, found.cleared, found.share_bp) == (4, 2, 1, 6_667)
    assert found.low_bp < 6_667 < found.high_bp
    assert [one.note for one in fraud.last_feedback(1)] == ["已电话核实"]


def test_only_a_handler_says_what_came_of_it_and_only_of_what_was_looked_at() -> None:
    claim = facts(happened_on=date(2026, 11, 21))
    codes(claim)
    for act, refusal in (
        (lambda: fraud.feedback(claim.claim_id, staff("auditor"), "cleared"), NotAllowed),
        (lambda: fraud.feedback(claim.claim_id, staff("claims_handler"), "fraud"), InvalidInput),
        (lambda: fraud.feedback(claim.claim_id, staff("claims_handler"), "cleared", "长" * 501), InvalidInput),
        (lambda: fraud.feedback(uuid4(), staff("claims_handler"), "cleared"), NotFound),
    ):
        with pytest.raises(refusal):
            act()
    assert Feedback.objects.count() == 0


def test_a_strong_signal_waits_until_somebody_spoke() -> None:
    codes(facts(marks=(Mark(INVOICE, "1"),)))
    strong = facts(marks=(Mark(INVOICE, "1"),))
    codes(strong)
    [waiting], count = fraud.unanswered()
    assert (waiting.claim_id, waiting.codes, count) == (strong.claim_id, ("invoice_repeated",), 1)
    fraud.feedback(strong.claim_id, staff("claims_handler"), "unclear")
    assert fraud.unanswered() == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_two_claims_with_one_invoice_at_once_do_not_miss_each_other() -> None:
    both = [facts(marks=(Mark(INVOICE, "1"),)) for _ in range(2)]
    start, found = threading.Barrier(2), []

    def submit(claim: ClaimFacts) -> None:
        start.wait()
        found.append(codes(claim))
        connection.close()

    threads = [threading.Thread(target=submit, args=(claim,)) for claim in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [[], ["invoice_repeated"]]
