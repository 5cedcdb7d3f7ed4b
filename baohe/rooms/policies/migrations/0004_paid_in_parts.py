"""Premiums paid in parts: receipts by which `paid_fen` grows, days without cover that never overlap, the end by lapse."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
ALTER TABLE policies_policy DISABLE TRIGGER policy_only_ends;
UPDATE policies_policy SET total_fen = CASE WHEN partner_id IS NULL
    THEN paid_fen + (SELECT coalesce(sum((due ->> 'amount_fen')::bigint), 0) FROM jsonb_array_elements(dues) AS due)
    ELSE premium_fen END;
ALTER TABLE policies_policy ENABLE TRIGGER policy_only_ends;
"""

FORWARD = """
CREATE OR REPLACE FUNCTION policies_policy_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['cancelled_at', 'refund_fen', 'refunded_at', 'lapsed_on', 'paid_fen']
       IS DISTINCT FROM to_jsonb(OLD) - ARRAY['cancelled_at', 'refund_fen', 'refunded_at', 'lapsed_on', 'paid_fen'] THEN
        RAISE EXCEPTION 'a policy changes only by being paid and by ending' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.paid_fen <> OLD.paid_fen AND (NEW.paid_fen < OLD.paid_fen OR pg_trigger_depth() < 2) THEN
        RAISE EXCEPTION 'paid_fen grows by receipts only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at, NEW.refund_fen) IS DISTINCT FROM (OLD.cancelled_at, OLD.refund_fen) THEN
        RAISE EXCEPTION 'a policy ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.lapsed_on IS NOT NULL AND NEW.lapsed_on IS DISTINCT FROM OLD.lapsed_on THEN
        RAISE EXCEPTION 'a policy lapses once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.refunded_at IS NOT NULL AND NEW.refunded_at IS DISTINCT FROM OLD.refunded_at THEN
        RAISE EXCEPTION 'a refund is done once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION policies_receipt_pays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE policies_policy SET paid_fen = paid_fen + NEW.amount_fen WHERE id = NEW.policy_id AND cancelled_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'policy % takes no more premium', NEW.policy_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receipt_pays AFTER INSERT ON policies_premiumreceipt
    FOR EACH ROW EXECUTE FUNCTION policies_receipt_pays();
CREATE TRIGGER receipt_stays BEFORE UPDATE OR DELETE ON policies_premiumreceipt
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER receipt_not_truncated BEFORE TRUNCATE ON policies_premiumreceipt
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();

CREATE FUNCTION policies_suspension_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- the policy's lock makes two writers queue, so the second one sees the first one's period
    PERFORM 1 FROM policies_policy WHERE id = NEW.policy_id FOR UPDATE;
    IF TG_OP = 'UPDATE' AND (OLD.until IS NOT NULL OR NEW.until IS NULL
        OR to_jsonb(NEW) - 'until' IS DISTINCT FROM to_jsonb(OLD) - 'until') THEN
        RAISE EXCEPTION 'a suspension changes only by ending, once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM policies_suspension AS other
               WHERE other.policy_id = NEW.policy_id AND other.id <> NEW.id
               AND daterange(other.since, other.until) && daterange(NEW.since, NEW.until)) THEN
        RAISE EXCEPTION 'suspensions of policy % overlap', NEW.policy_id USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER suspension_apart BEFORE INSERT OR UPDATE ON policies_suspension
    FOR EACH ROW EXECUTE FUNCTION policies_suspension_apart();
CREATE TRIGGER suspension_stays BEFORE DELETE ON policies_suspension
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER suspension_not_truncated BEFORE TRUNCATE ON policies_suspension
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();
"""
BACKWARD = """
DROP TRIGGER suspension_not_truncated ON policies_suspension;
DROP TRIGGER suspension_stays ON policies_suspension;
DROP TRIGGER suspension_apart ON policies_suspension;
DROP FUNCTION policies_suspension_apart();
DROP TRIGGER receipt_not_truncated ON policies_premiumreceipt;
DROP TRIGGER receipt_stays ON policies_premiumreceipt;
DROP TRIGGER receipt_pays ON policies_premiumreceipt;
DROP FUNCTION policies_receipt_pays();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_one_payment_for_several")]

    operations = [
        migrations.AddField("policy", "lapsed_on", models.DateField(null=True)),
        migrations.AddField("policy", "total_fen", models.BigIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("policy", "total_fen", models.BigIntegerField()),
        migrations.RemoveConstraint("policy", "policy_paid_within_premium"),
        migrations.AddConstraint(
            "policy",
            models.CheckConstraint(
                condition=models.Q(paid_fen__gte=0, paid_fen__lte=models.F("total_fen")),
                name="policy_paid_within_total",
            ),
        ),
        migrations.CreateModel(
            name="PremiumReceipt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("shard_key", models.SmallIntegerField()),
                ("number", models.SmallIntegerField()),
                ("amount_fen", models.BigIntegerField()),
                ("payment_id", models.UUIDField()),
                ("provider", models.CharField(max_length=20)),
                ("received_on", models.DateField()),
                (
                    "policy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="policies.policy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "number"), name="receipt_once_per_instalment"),
                    models.CheckConstraint(
                        condition=models.Q(number__gte=2, amount_fen__gt=0), name="receipt_of_a_later_instalment"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("shard_key", models.SmallIntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "policy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="policies.policy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "since"), name="suspension_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(until=None), fields=("policy",), name="suspension_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                        name="suspension_ordered",
                    ),
                ]
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
