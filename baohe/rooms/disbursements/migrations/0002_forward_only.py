"""What is owed and to which fact never changes, states go forward, and the history only grows."""

from django.db import migrations

GUARD = """
CREATE FUNCTION disbursements_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{state,attempt,before_fen,bank,payee_sealed,last_four,proposed_by,proposed_by_name,approved_by,approved_by_name,done_at}';
BEGIN
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'the terms of disbursement % never change', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('open', 'proposed'), ('proposed', 'sent'), ('proposed', 'open'),
        ('proposed', 'refused'), ('sent', 'done'), ('sent', 'open')) THEN
        RAISE EXCEPTION 'disbursement % does not go from % to %', OLD.number, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.attempt IS DISTINCT FROM OLD.attempt + (OLD.state = 'sent' AND NEW.state = 'open')::int
        OR (OLD.before_fen IS NOT NULL AND NEW.before_fen IS DISTINCT FROM OLD.before_fen)
        OR (NEW.state IN ('sent', 'done', 'refused')
            AND (NEW.payee_sealed, NEW.proposed_by) IS DISTINCT FROM (OLD.payee_sealed, OLD.proposed_by)) THEN
        RAISE EXCEPTION 'disbursement % is paid as it was approved', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disbursement_goes_forward BEFORE UPDATE ON disbursements_disbursement
    FOR EACH ROW EXECUTE FUNCTION disbursements_goes_forward();

CREATE FUNCTION disbursements_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER disbursement_never_deleted BEFORE DELETE ON disbursements_disbursement
    FOR EACH ROW EXECUTE FUNCTION disbursements_only_grows();
CREATE TRIGGER event_only_grows BEFORE UPDATE OR DELETE ON disbursements_disbursementevent
    FOR EACH ROW EXECUTE FUNCTION disbursements_only_grows();
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON disbursements_disbursementevent
    FOR EACH STATEMENT EXECUTE FUNCTION disbursements_only_grows();
"""

UNGUARD = """
DROP TRIGGER event_never_emptied ON disbursements_disbursementevent;
DROP TRIGGER event_only_grows ON disbursements_disbursementevent;
DROP TRIGGER disbursement_never_deleted ON disbursements_disbursement;
DROP FUNCTION disbursements_only_grows();
DROP TRIGGER disbursement_goes_forward ON disbursements_disbursement;
DROP FUNCTION disbursements_goes_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
