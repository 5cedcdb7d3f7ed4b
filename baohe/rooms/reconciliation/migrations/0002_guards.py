"""What the database keeps whoever writes: a run stays, an item only goes forward, its history only grows."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION reconciliation_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION reconciliation_run_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
        OR (to_jsonb(NEW) - 'superseded_at') IS DISTINCT FROM (to_jsonb(OLD) - 'superseded_at') THEN
        RAISE EXCEPTION 'run % of % stays as it was', OLD.day, OLD.provider USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reconciliation_item_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'item % has ended', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - '{state,owner_id,owner_name,standing_fen,adopted,ended_at,resolution}'::text[] IS DISTINCT FROM
       to_jsonb(OLD) - '{state,owner_id,owner_name,standing_fen,adopted,ended_at,resolution}'::text[] THEN
        RAISE EXCEPTION 'what item % found never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reconciliation_booking_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome IS NOT NULL
        OR to_jsonb(NEW) - '{decided_by,decided_by_name,decided_at,outcome}'::text[] IS DISTINCT FROM
           to_jsonb(OLD) - '{decided_by,decided_by_name,decided_at,outcome}'::text[] THEN
        RAISE EXCEPTION 'booking % stays as it was', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER event_only_grows BEFORE UPDATE OR DELETE ON reconciliation_itemevent
    FOR EACH ROW EXECUTE FUNCTION reconciliation_only_grows();
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON reconciliation_itemevent
    FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_only_grows();
CREATE TRIGGER run_stays BEFORE UPDATE ON reconciliation_run
    FOR EACH ROW EXECUTE FUNCTION reconciliation_run_stays();
CREATE TRIGGER run_never_deleted BEFORE DELETE ON reconciliation_run
    FOR EACH ROW EXECUTE FUNCTION reconciliation_only_grows();
CREATE TRIGGER item_goes_forward BEFORE UPDATE ON reconciliation_item
    FOR EACH ROW EXECUTE FUNCTION reconciliation_item_goes_forward();
CREATE TRIGGER item_never_deleted BEFORE DELETE ON reconciliation_item
    FOR EACH ROW EXECUTE FUNCTION reconciliation_only_grows();
CREATE TRIGGER booking_goes_forward BEFORE UPDATE ON reconciliation_booking
    FOR EACH ROW EXECUTE FUNCTION reconciliation_booking_goes_forward();
CREATE TRIGGER booking_never_deleted BEFORE DELETE ON reconciliation_booking
    FOR EACH ROW EXECUTE FUNCTION reconciliation_only_grows();
"""

UNGUARDED = """
DROP TRIGGER booking_never_deleted ON reconciliation_booking;
DROP TRIGGER booking_goes_forward ON reconciliation_booking;
DROP TRIGGER item_never_deleted ON reconciliation_item;
DROP TRIGGER item_goes_forward ON reconciliation_item;
DROP TRIGGER run_never_deleted ON reconciliation_run;
DROP TRIGGER run_stays ON reconciliation_run;
DROP TRIGGER event_never_emptied ON reconciliation_itemevent;
DROP TRIGGER event_only_grows ON reconciliation_itemevent;
DROP FUNCTION reconciliation_booking_goes_forward();
DROP FUNCTION reconciliation_item_goes_forward();
DROP FUNCTION reconciliation_run_stays();
DROP FUNCTION reconciliation_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, UNGUARDED)]
