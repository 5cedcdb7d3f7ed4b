"""One payment for several things: lines that re-add to the payment, whose terms never change."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import baohe.plumbing.clock

KEPT = """
CREATE FUNCTION payments_line_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'live' - 'refund_reserved_fen' IS DISTINCT FROM to_jsonb(OLD) - 'live' - 'refund_reserved_fen' THEN
        RAISE EXCEPTION 'the terms of a payment line never change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.live AND NOT OLD.live THEN
        RAISE EXCEPTION 'a payment line is over once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER line_terms_stay BEFORE UPDATE ON payments_paymentline
    FOR EACH ROW EXECUTE FUNCTION payments_line_terms_stay();
CREATE TRIGGER line_never_deleted BEFORE DELETE ON payments_paymentline
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER line_never_emptied BEFORE TRUNCATE ON payments_paymentline
    FOR EACH STATEMENT EXECUTE FUNCTION payments_only_grows();

CREATE FUNCTION payments_lines_re_add() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected bigint;
    found bigint;
BEGIN
    SELECT amount_fen INTO expected FROM payments_paymentintent WHERE id = NEW.intent_id;
    SELECT sum(amount_fen) INTO found FROM payments_paymentline WHERE intent_id = NEW.intent_id;
    IF expected IS DISTINCT FROM found THEN
        RAISE EXCEPTION 'lines of payment % add up to %, not %', NEW.intent_id, found, expected
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lines_re_add AFTER INSERT ON payments_paymentline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_lines_re_add();
"""

KEPT_NO_MORE = """
DROP TRIGGER lines_re_add ON payments_paymentline;
DROP FUNCTION payments_lines_re_add();
DROP TRIGGER line_never_emptied ON payments_paymentline;
DROP TRIGGER line_never_deleted ON payments_paymentline;
DROP TRIGGER line_terms_stay ON payments_paymentline;
DROP FUNCTION payments_line_terms_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_money_facts_stay")]

    operations = [
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("shard_key", models.SmallIntegerField()),
                ("subject_id", models.UUIDField()),
                ("payee", models.CharField(max_length=40)),
                ("payee_name", models.CharField(max_length=80)),
                ("amount_fen", models.BigIntegerField()),
                ("refund_reserved_fen", models.BigIntegerField(default=0)),
                ("live", models.BooleanField(default=True)),
                (
                    "intent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.paymentintent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["intent", "subject_id"], name="line_once_in_payment"),
                    models.UniqueConstraint(
                        fields=["shard_key", "subject_id"], condition=Q(live=True), name="line_one_of_subject"
                    ),
                    models.CheckConstraint(condition=Q(amount_fen__gt=0), name="line_amount"),
                    models.CheckConstraint(
                        condition=Q(refund_reserved_fen__gte=0, refund_reserved_fen__lte=F("amount_fen")),
                        name="line_refunds_within_amount",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="refund",
            name="line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refunds",
                to="payments.paymentline",
            ),
        ),
        migrations.RunSQL(KEPT, KEPT_NO_MORE),
    ]
