"""A policy of before there was an index of the insured may be given the one it lacks, once (`baohe db index-insured`)."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION policies_policy_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := ARRAY['cancelled_at', 'refund_fen', 'refunded_at', 'lapsed_on', 'paid_fen',
                                        'endorsed_fen', 'death_cover_fen', 'insured_index'];
BEGIN
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a policy changes only by being paid, by endorsement and by ending' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.insured_index IS DISTINCT FROM OLD.insured_index
       AND (OLD.insured_index IS NOT NULL OR NEW.insured_index IS NULL OR NEW.partner_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the index of the insured is filled once' USING ERRCODE = 'restrict_violation';
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
"""
BACKWARD = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0008_what_one_person_has")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
