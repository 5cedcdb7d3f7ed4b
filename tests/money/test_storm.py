"""Random acts under all faults of all providers end with right books, and each check of that has teeth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from baohe.flows import reconcile
from baohe.rooms.ledger.rules import movements
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.actions import open_intent
from baohe.rooms.payments.models import UNDECIDED, Payout
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.actions import find_items
from tests.money import truth
from tests.money.providers import Providers
from tests.money.storm import Storm

ACTS = 10_000


@pytest.mark.field_bug(11)
@pytest.mark.field_bug(15)
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_acts_leave_right_books(providers: Providers) -> None:
    storm = Storm(20261122, providers)
    storm.blow(ACTS)
    storm.end()
    assert sum(storm.acts.values()) == ACTS
    assert min(storm.acts.values()) > 0
    assert truth.imbalance() == []
    assert truth.double_payments(providers) == []
    assert truth.limbo(providers) == []
    assert truth.books_off(providers) == []
    assert reconciliation.problems() == []
    with storm.at():
        assert truth.unexplained(storm.days()) == []
    assert providers.slowness.late > 0
    assert providers.struck == providers.switches()


@pytest.mark.django_db
def test_a_lost_fen_is_seen_once_nobody_balances_entries(providers: Providers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards: what `post` refuses, and the trigger behind it."""
    _undo("DROP TRIGGER entry_balances ON ledger_ledgerentry")
    monkeypatch.setattr("baohe.rooms.ledger.actions.post.refuse_bad", lambda entry: None)
    exact = movements.premium_received

    def losing_a_fen(insurer: str, amount_fen: int, provider: str = "wallet") -> movements.Postings:
        debit, credit = exact(insurer, amount_fen, provider)
        return (debit, type(credit)(credit.account, credit.amount_fen + 1))

    monkeypatch.setattr(movements, "premium_received", losing_a_fen)
    storm = Storm(1, providers)
    _buy(storm, "wallet")
    storm.end()

    assert truth.imbalance() != []


@pytest.mark.django_db
def test_a_double_payment_is_seen_once_a_thing_may_have_two_payments(
    providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guards: the look at what is open, and the unique key behind it."""
    _undo("ALTER TABLE payments_paymentintent DROP CONSTRAINT IF EXISTS intent_one_of_subject")
    _undo("DROP INDEX IF EXISTS intent_one_of_subject")
    monkeypatch.setattr(open_intent, "_current", lambda terms: None)
    storm = Storm(2, providers)
    _buy(storm, "wallet")
    with storm.at():
        storm.open_for(storm.subjects[0])
        storm.providers.pay(storm.intents[-1][0], "wallet")
    storm.end()

    assert truth.double_payments(providers) != []


@pytest.mark.django_db
def test_limbo_is_seen_once_nobody_asks(providers: Providers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards: the checks that a payment queues, the janitor, and the day's bill. The notification is lost."""
    monkeypatch.setattr(payments, "janitor", lambda: 0)
    _read_no_bill(monkeypatch)
    storm = Storm(3, providers, {"payments.check_intent": lambda event: None})
    storm.providers.simulators["wallet"].faults.set({"lose_notify": -1})
    _buy(storm, "wallet")
    storm.end()

    assert truth.limbo(providers) != []


@pytest.mark.django_db
def test_foreign_money_is_seen_once_no_bill_is_read(providers: Providers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard: the reconciliation. Somebody transfers without a word of what it is for, and the notice is lost."""
    _read_no_bill(monkeypatch)
    storm = Storm(4, providers)
    storm.providers.simulators["transfer"].faults.set({"lose_notify": -1})
    with storm.at():
        storm.open_one("transfer")
        storm.providers.pay(storm.intents[-1][0], "transfer", remark="谢谢")
    storm.end()

    assert truth.books_off(providers) != []


@pytest.mark.django_db(transaction=True)
def test_a_dropped_line_is_an_item_with_an_owner_until_a_calm_bill_ends_it(providers: Providers) -> None:
    storm = Storm(5, providers)
    _a_line_is_dropped(storm)

    [item] = reconciliation.items(live=True)[0]
    assert (item.difference, item.state, item.standing_fen) == ("ours_only", "assigned", -storm.subjects[0][2])
    assert item.owner is not None and item.deadline > item.found_at
    assert reconciliation.suspense("wallet").balance_fen == item.standing_fen

    storm.end()
    with storm.at():
        assert truth.unexplained(storm.days()) == []
        assert truth.books_off(providers) == []
        assert [event.what for event in reconciliation.history(item.id)] == ["found", "explained"]


@pytest.mark.django_db(transaction=True)
def test_a_bent_bill_is_seen_once_no_later_one_corrects_it(
    providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard: a new edition of the day ends what its bill does not say any more."""
    monkeypatch.setattr(find_items, "_items", lambda query, what: [])
    storm = Storm(5, providers)
    _a_line_is_dropped(storm)
    storm.end()

    with storm.at():
        [seen] = truth.unexplained(storm.days())
    assert "the bill does not say so" in seen
    assert truth.books_off(providers) != []


@pytest.mark.django_db(transaction=True)
def test_a_difference_of_nobody_is_seen_once_items_get_no_owner(
    providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard: whoever of finance has the least to do gets the item. The money is a stranger's."""
    monkeypatch.setattr(find_items, "_owners", lambda: iter(()))
    storm = Storm(6, providers)
    with storm.at():
        storm.open_one("transfer")
        storm.providers.pay(storm.intents[-1][0], "transfer", remark="谢谢")
    storm.end()

    with storm.at():
        [seen] = truth.unexplained(storm.days())
    assert "no owner" in seen


@pytest.mark.django_db(transaction=True)
def test_what_is_done_after_the_caller_has_gone_is_unknown_and_found_out(providers: Providers) -> None:
    storm = Storm(7, providers)
    with storm.at():
        providers.throw("wallet", "slow", 9)
        storm.payout(1)
        storm.work(1)
        assert Payout.objects.get().state in UNDECIDED
        assert (providers.slowness.late, providers.held("wallet")) == (1, 0)

        providers.slowness.let_go()
        assert Payout.objects.get().state in UNDECIDED
        assert providers.held("wallet") == -101
    storm.end()

    assert Payout.objects.get().state == "done"
    assert (providers.held("wallet"), truth.books_off(providers), truth.limbo(providers)) == (-101, [], [])


def _read_no_bill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "daily_round", lambda: 0)
    monkeypatch.setattr(reconcile, "run", lambda provider, day, *, again: None)


def _a_line_is_dropped(storm: Storm) -> None:
    """Paid, settled, and not in the bill that is read the next day."""
    _buy(storm, "wallet")
    storm.now += timedelta(minutes=1)
    with storm.at():
        storm.providers.deliver()
        assert payments.intent(storm.intents[0][0]).state == "paid"
    storm.providers.throw("wallet", "drop_bill_line", 1)
    storm.now += timedelta(days=1)
    with storm.at():
        reconcile.daily_round()


def _buy(storm: Storm, provider: str) -> None:
    with storm.at():
        storm.open_one(provider)
        storm.providers.pay(storm.intents[-1][0], provider)


def _undo(sentence: str) -> None:
    """Within the test's own transaction: the guard is back with its end."""
    with connection.cursor() as cursor:
        cursor.execute(sentence)
