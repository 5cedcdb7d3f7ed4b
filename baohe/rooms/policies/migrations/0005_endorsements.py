"""Endorsements: rows that are never changed, each beginning where the one before ended; the policy's own row keeps
what was concluded, and only `endorsed_fen` grows with them and the death cover falls."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION policies_policy_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['cancelled_at', 'refund_fen', 'refunded_at', 'lapsed_on', 'paid_fen',
                                        'endorsed_fen', 'death_cover_fen'];
BEGIN
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a policy changes only by being paid, by endorsement and by ending' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.paid_fen <> OLD.paid_fen AND (NEW.paid_fen < OLD.paid_fen OR pg_trigger_depth() < 2) THEN
        RAISE EXCEPTION 'paid_fen grows by receipts only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.endorsed_fen, NEW.death_cover_fen) IS DISTINCT FROM (OLD.endorsed_fen, OLD.death_cover_fen)
       AND (NEW.endorsed_fen <= OLD.endorsed_fen OR NEW.death_cover_fen > OLD.death_cover_fen OR pg_trigger_depth() < 2) THEN
        RAISE EXCEPTION 'what a policy gave back and its death cover change by endorsements only' USING ERRCODE = 'restrict_violation';
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

CREATE FUNCTION policies_endorsement_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last policies_endorsement;
    sold policies_policy;
BEGIN
    -- the policy's lock makes two writers queue, so the second one sees the first one's terms
    SELECT * INTO sold FROM policies_policy WHERE id = NEW.policy_id FOR UPDATE;
    SELECT * INTO last FROM policies_endorsement
        WHERE policy_id = NEW.policy_id AND id <> NEW.id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1
       OR NEW.valid_from < coalesce(last.valid_from, NEW.valid_from)
       OR (NEW.sum_before_fen, NEW.premium_before_fen, NEW.total_before_fen) IS DISTINCT FROM (
           coalesce(last.sum_after_fen, sold.sum_insured_fen), coalesce(last.premium_after_fen, sold.premium_fen),
           coalesce(last.total_after_fen, sold.total_fen)) THEN
        RAISE EXCEPTION 'an endorsement begins where the one before ended' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE policies_policy
        SET endorsed_fen = endorsed_fen + NEW.refund_fen, death_cover_fen = NEW.death_cover_after_fen
        WHERE id = NEW.policy_id AND cancelled_at IS NULL AND lapsed_on IS NULL AND partner_id IS NULL
        AND paid_fen = total_fen;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'policy % takes no endorsement', NEW.policy_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER endorsement_changes AFTER INSERT ON policies_endorsement
    FOR EACH ROW EXECUTE FUNCTION policies_endorsement_changes();
CREATE TRIGGER endorsement_stays BEFORE UPDATE OR DELETE ON policies_endorsement
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER endorsement_not_truncated BEFORE TRUNCATE ON policies_endorsement
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();
"""
BACKWARD = """
DROP TRIGGER endorsement_not_truncated ON policies_endorsement;
DROP TRIGGER endorsement_stays ON policies_endorsement;
DROP TRIGGER endorsement_changes ON policies_endorsement;
DROP FUNCTION policies_endorsement_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_paid_in_parts")]

    operations = [
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('shard_key', models.SmallIntegerField()),
                ('number', models.SmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('valid_from', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('inputs_before', models.JSONField()),
                ('inputs_after', models.JSONField()),
                ('sum_before_fen', models.BigIntegerField()),
                ('sum_after_fen', models.BigIntegerField()),
                ('premium_before_fen', models.BigIntegerField()),
                ('premium_after_fen', models.BigIntegerField()),
                ('total_before_fen', models.BigIntegerField()),
                ('total_after_fen', models.BigIntegerField()),
                ('death_cover_after_fen', models.BigIntegerField()),
                ('refund_fen', models.BigIntegerField()),
                ('calculation', models.JSONField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='policy',
            name='policy_refund_within_paid',
        ),
        migrations.AddField(
            model_name='policy',
            name='endorsed_fen',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('refund_fen', None), ('refund_fen__lte', django.db.models.expressions.CombinedExpression(models.F('paid_fen'), '-', models.F('endorsed_fen'))), _connector='OR'), name='policy_refund_within_paid'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('endorsed_fen__gte', 0), ('endorsed_fen__lte', models.F('paid_fen'))), name='policy_endorsed_within_paid'),
        ),
        migrations.AddField(
            model_name='endorsement',
            name='policy',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='endorsements', to='policies.policy'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.UniqueConstraint(fields=('policy', 'number'), name='endorsement_numbered'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'reduce_cover')), name='endorsement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(('premium_after_fen__gt', 0), ('sum_after_fen__lt', models.F('sum_before_fen')), ('total_after_fen__gt', 0), ('total_after_fen__lt', models.F('total_before_fen'))), name='endorsement_lowers'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(('refund_fen__gt', 0), ('refund_fen__lte', django.db.models.expressions.CombinedExpression(models.F('total_before_fen'), '-', models.F('total_after_fen')))), name='endorsement_refund_within_difference'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
