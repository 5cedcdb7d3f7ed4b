"""An instalment keeps its terms and its end; a request that was decided stays decided."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION billing_instalment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER billing_instalment_rows BEFORE UPDATE OR DELETE ON billing_instalment
    FOR EACH ROW EXECUTE FUNCTION billing_instalment_moves();
CREATE TRIGGER billing_instalment_all BEFORE TRUNCATE ON billing_instalment
    FOR EACH STATEMENT EXECUTE FUNCTION billing_instalment_moves();

CREATE FUNCTION billing_reinstatement_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a request stays (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state IN ('declined', 'done', 'closed') AND NEW IS DISTINCT FROM OLD
        OR OLD.state = 'allowed' AND (NEW.state = 'asked' OR (NEW.decided_by, NEW.decided_at, NEW.note)
            IS DISTINCT FROM (OLD.decided_by, OLD.decided_at, OLD.note)) THEN
        RAISE EXCEPTION 'request % was decided', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_reinstatement_rows BEFORE UPDATE OR DELETE ON billing_reinstatement
    FOR EACH ROW EXECUTE FUNCTION billing_reinstatement_moves();
CREATE TRIGGER billing_reinstatement_all BEFORE TRUNCATE ON billing_reinstatement
    FOR EACH STATEMENT EXECUTE FUNCTION billing_reinstatement_moves();
"""

BACKWARD = """
DROP TRIGGER billing_reinstatement_all ON billing_reinstatement;
DROP TRIGGER billing_reinstatement_rows ON billing_reinstatement;
DROP FUNCTION billing_reinstatement_moves();
DROP TRIGGER billing_instalment_all ON billing_instalment;
DROP TRIGGER billing_instalment_rows ON billing_instalment;
DROP FUNCTION billing_instalment_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
