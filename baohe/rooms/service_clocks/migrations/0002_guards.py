"""A service clock keeps what it counts and ends once; what was raised is never changed or removed (SERV-4)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION service_clocks_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{runs_since,falls_at,stands_since,handler_id,level,raise_at,ended_at}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a service clock is kept' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving
        OR NEW.falls_at < OLD.falls_at
        OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a service clock goes forward and ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER service_clock_goes_forward BEFORE UPDATE OR DELETE ON service_clocks_serviceclock
    FOR EACH ROW EXECUTE FUNCTION service_clocks_goes_forward();

CREATE FUNCTION service_clocks_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER service_escalation_only_grows BEFORE UPDATE OR DELETE ON service_clocks_serviceescalation
    FOR EACH ROW EXECUTE FUNCTION service_clocks_only_grows();
CREATE TRIGGER service_escalation_never_emptied BEFORE TRUNCATE ON service_clocks_serviceescalation
    FOR EACH STATEMENT EXECUTE FUNCTION service_clocks_only_grows();
"""

UNGUARD = """
DROP TRIGGER service_escalation_never_emptied ON service_clocks_serviceescalation;
DROP TRIGGER service_escalation_only_grows ON service_clocks_serviceescalation;
DROP FUNCTION service_clocks_only_grows();
DROP TRIGGER service_clock_goes_forward ON service_clocks_serviceclock;
DROP FUNCTION service_clocks_goes_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("service_clocks", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
