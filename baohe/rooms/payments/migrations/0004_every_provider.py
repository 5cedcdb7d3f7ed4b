"""Payments at any provider: who moved each row's money, agreements to deduct, and payees of a bank, sealed.

What stood before this was the wallet's.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import baohe.plumbing.clock

WALLET = "wallet"
OPEN = ["created", "checking"]
UNDECIDED = ["requested", "checking"]

TERMS_STAY = """
CREATE OR REPLACE FUNCTION payments_intent_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shard_key, NEW.provider, NEW.agreement_id, NEW.order_number, NEW.kind, NEW.subject_id, NEW.account_id,
        NEW.payee, NEW.amount_fen, NEW.currency, NEW.app_id)
       IS DISTINCT FROM
       (OLD.shard_key, OLD.provider, OLD.agreement_id, OLD.order_number, OLD.kind, OLD.subject_id, OLD.account_id,
        OLD.payee, OLD.amount_fen, OLD.currency, OLD.app_id) THEN
        RAISE EXCEPTION 'the terms of payment % never change', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'paid' AND (NEW.state, NEW.trade_no, NEW.paid_at)
       IS DISTINCT FROM (OLD.state, OLD.trade_no, OLD.paid_at) THEN
        RAISE EXCEPTION 'payment % stays paid', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION payments_agreement_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shard_key, NEW.account_id, NEW.provider, NEW.number, NEW.created_at)
       IS DISTINCT FROM (OLD.shard_key, OLD.account_id, OLD.provider, OLD.number, OLD.created_at)
       OR (OLD.agreement_no <> '' AND NEW.agreement_no <> OLD.agreement_no) THEN
        RAISE EXCEPTION 'the terms of agreement % never change', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.state = 'ended' AND (NEW.state, NEW.ended_at) IS DISTINCT FROM (OLD.state, OLD.ended_at))
       OR (OLD.state = 'active' AND NEW.state = 'waiting') THEN
        RAISE EXCEPTION 'agreement % goes forward only', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreement_goes_forward BEFORE UPDATE ON payments_agreement
    FOR EACH ROW EXECUTE FUNCTION payments_agreement_goes_forward();
CREATE TRIGGER agreement_never_deleted BEFORE DELETE ON payments_agreement
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
"""

TERMS_AS_BEFORE = """
DROP TRIGGER agreement_never_deleted ON payments_agreement;
DROP TRIGGER agreement_goes_forward ON payments_agreement;
DROP FUNCTION payments_agreement_goes_forward();

CREATE OR REPLACE FUNCTION payments_intent_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shard_key, NEW.order_number, NEW.kind, NEW.subject_id, NEW.account_id, NEW.payee, NEW.amount_fen,
        NEW.currency, NEW.app_id)
       IS DISTINCT FROM
       (OLD.shard_key, OLD.order_number, OLD.kind, OLD.subject_id, OLD.account_id, OLD.payee, OLD.amount_fen,
        OLD.currency, OLD.app_id) THEN
        RAISE EXCEPTION 'the terms of payment % never change', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'paid' AND (NEW.state, NEW.wallet_trade_no, NEW.paid_at)
       IS DISTINCT FROM (OLD.state, OLD.wallet_trade_no, OLD.paid_at) THEN
        RAISE EXCEPTION 'payment % stays paid', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def of_the_wallet(model: str) -> migrations.AddField:
    """Every row that stands gets `wallet` from the column's default: no UPDATE, which the append-only tables refuse."""
    return migrations.AddField(
        model_name=model,
        name="provider",
        field=models.CharField(default=WALLET, max_length=12),
        preserve_default=False,
    )


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_payments_of_several_things")]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("shard_key", models.SmallIntegerField()),
                ("account_id", models.UUIDField()),
                ("provider", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=64)),
                ("agreement_no", models.CharField(default="", max_length=64)),
                ("account_masked", models.CharField(default="", max_length=40)),
                ("bank", models.CharField(default="", max_length=80)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("created_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["shard_key", "provider", "number"], name="agreement_number"),
                    models.UniqueConstraint(
                        fields=["shard_key", "account_id", "provider"],
                        condition=Q(state="waiting"),
                        name="agreement_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="waiting", agreement_no="", signed_at=None, ended_at=None)
                        | (Q(state="active", signed_at__isnull=False, ended_at=None) & ~Q(agreement_no=""))
                        | Q(state="ended", ended_at__isnull=False),
                        name="agreement_state",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["account_id", "created_at"], name="agreement_account"),
                    models.Index(
                        fields=["created_at"],
                        name="agreement_unsettled",
                        condition=Q(state="waiting") | Q(state="ended", told_at=None),
                    ),
                ],
            },
        ),
        of_the_wallet("paymentintent"),
        of_the_wallet("refund"),
        of_the_wallet("payout"),
        of_the_wallet("callbackrecord"),
        of_the_wallet("paymentattempt"),
        migrations.RemoveConstraint(model_name="paymentintent", name="intent_trade_once"),
        migrations.RemoveConstraint(model_name="paymentintent", name="intent_paid_by_trade"),
        migrations.RenameField(model_name="paymentintent", old_name="wallet_trade_no", new_name="trade_no"),
        migrations.AddField(
            model_name="paymentintent", name="close_reason", field=models.CharField(default="", max_length=40)
        ),
        migrations.AddField(
            model_name="paymentintent",
            name="agreement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="payments.agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentintent",
            constraint=models.UniqueConstraint(fields=["shard_key", "provider", "trade_no"], name="intent_trade_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentintent",
            constraint=models.CheckConstraint(
                condition=Q(state="paid", trade_no__isnull=False, paid_at__isnull=False)
                | (~Q(state="paid") & Q(trade_no=None, paid_at=None)),
                name="intent_paid_by_trade",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentintent",
            constraint=models.CheckConstraint(
                condition=Q(provider="deduction", agreement__isnull=False)
                | (~Q(provider="deduction") & Q(agreement=None)),
                name="intent_deducted_by_agreement",
            ),
        ),
        migrations.AddIndex(
            model_name="paymentintent",
            index=models.Index(fields=["provider", "paid_at"], name="intent_paid_on", condition=Q(state="paid")),
        ),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(fields=["provider", "done_at"], name="refund_done_on", condition=Q(state="done")),
        ),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(
                fields=["requested_at"], name="refund_undecided", condition=Q(state__in=UNDECIDED)
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="kind",
            field=models.CharField(default="claim", max_length=20),
            preserve_default=False,
        ),
        migrations.AlterField(model_name="payout", name="payee_account_id", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="payout", name="payee_sealed", field=models.BinaryField(default=b"")),
        migrations.AddField(model_name="payout", name="payee_name_sealed", field=models.BinaryField(default=b"")),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=Q(payee_account_id__isnull=False) | ~Q(payee_sealed=b""), name="payout_has_payee"
            ),
        ),
        migrations.AddIndex(
            model_name="payout",
            index=models.Index(fields=["provider", "done_at"], name="payout_done_on", condition=Q(state="done")),
        ),
        migrations.AddIndex(
            model_name="payout",
            index=models.Index(
                fields=["requested_at"], name="payout_undecided", condition=Q(state__in=UNDECIDED)
            ),
        ),
        migrations.RunSQL(TERMS_STAY, TERMS_AS_BEFORE),
    ]
