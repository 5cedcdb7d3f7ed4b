"""What fell due while a reinstatement was being paid is due again once the policy is reinstated."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION billing_instalment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving CONSTANT text[] := ARRAY['state', 'remind_on', 'next_try_on', 'tries', 'payment_id', 'provider', 'reason', 'paid_on'];
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'an instalment stays (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'an instalment keeps its terms' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state IN ('paid', 'dropped') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'instalment % is %', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) <> ALL (ARRAY[
        'planned>due', 'planned>owed', 'planned>paid', 'planned>dropped',
        'due>paid', 'due>owed', 'due>dropped', 'owed>due', 'owed>paid', 'owed>dropped']) THEN
        RAISE EXCEPTION 'instalment % cannot go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION billing_instalment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving CONSTANT text[] := ARRAY['state', 'remind_on', 'next_try_on', 'tries', 'payment_id', 'provider', 'reason', 'paid_on'];
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'an instalment stays (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'an instalment keeps its terms' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state IN ('paid', 'dropped') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'instalment % is %', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) <> ALL (ARRAY[
        'planned>due', 'planned>owed', 'planned>paid', 'planned>dropped',
        'due>paid', 'due>owed', 'due>dropped', 'owed>paid', 'owed>dropped']) THEN
        RAISE EXCEPTION 'instalment % cannot go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_states_move_forward")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
