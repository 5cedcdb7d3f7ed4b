"""A call-back goes forward, once each way; what was answered is never changed or removed (SALE-10, SALE-6)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION call_backs_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{escalated_at,ended_at}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a call-back is kept' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving
        OR (OLD.escalated_at IS NOT NULL AND NEW.escalated_at IS DISTINCT FROM OLD.escalated_at)
        OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a call-back goes forward, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER call_back_goes_forward BEFORE UPDATE OR DELETE ON call_backs_callback
    FOR EACH ROW EXECUTE FUNCTION call_backs_goes_forward();

CREATE FUNCTION call_backs_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER answered_only_grows BEFORE UPDATE OR DELETE ON call_backs_answered
    FOR EACH ROW EXECUTE FUNCTION call_backs_only_grows();
CREATE TRIGGER answered_never_emptied BEFORE TRUNCATE ON call_backs_answered
    FOR EACH STATEMENT EXECUTE FUNCTION call_backs_only_grows();
"""

UNGUARD = """
DROP TRIGGER answered_never_emptied ON call_backs_answered;
DROP TRIGGER answered_only_grows ON call_backs_answered;
DROP FUNCTION call_backs_only_grows();
DROP TRIGGER call_back_goes_forward ON call_backs_callback;
DROP FUNCTION call_backs_goes_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("call_backs", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
