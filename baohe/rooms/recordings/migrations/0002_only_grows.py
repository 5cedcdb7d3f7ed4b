"""Parts, pages, builds and viewings only grow; a recording goes forward; its key and content only ever disappear."""

from django.db import migrations

GUARD = """
CREATE FUNCTION recordings_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows (% refused)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION recordings_part_is_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'body' IS DISTINCT FROM to_jsonb(OLD) - 'body' OR NEW.body IS NOT NULL THEN
        RAISE EXCEPTION 'a part of a recording never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT state FROM recordings_recording WHERE id = OLD.recording_id) <> 'destroyed' THEN
        RAISE EXCEPTION 'a part is emptied with its recording only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION recordings_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{state,next_part,head,size,key_sealed,last_at,closed_at,keep_until,destroyed_at}';
    closed boolean := OLD.state <> 'open';
BEGIN
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'what recording % is about never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN
        (('open', 'closed'), ('open', 'destroyed'), ('closed', 'destroyed')) THEN
        RAISE EXCEPTION 'recording % does not go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (closed AND (NEW.next_part, NEW.head, NEW.size, NEW.closed_at)
            IS DISTINCT FROM (OLD.next_part, OLD.head, OLD.size, OLD.closed_at))
        OR NEW.next_part < OLD.next_part
        OR (OLD.keep_until IS NOT NULL AND (NEW.keep_until IS NULL OR NEW.keep_until < OLD.keep_until))
        OR (NEW.key_sealed IS DISTINCT FROM OLD.key_sealed AND NEW.state <> 'destroyed')
        OR (OLD.state = 'destroyed' AND NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'recording % is sealed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION recordings_hold_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.policy_id, NEW.reason, NEW.placed_by, NEW.placed_at)
            IS DISTINCT FROM (OLD.id, OLD.policy_id, OLD.reason, OLD.placed_by, OLD.placed_at)
        OR (OLD.lift_asked_by IS NOT NULL AND NEW.lift_asked_by IS DISTINCT FROM OLD.lift_asked_by)
        OR OLD.lifted_at IS NOT NULL THEN
        RAISE EXCEPTION 'hold % goes forward only', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER part_is_emptied BEFORE UPDATE ON recordings_part
    FOR EACH ROW EXECUTE FUNCTION recordings_part_is_emptied();
CREATE TRIGGER part_never_deleted BEFORE DELETE ON recordings_part
    FOR EACH ROW EXECUTE FUNCTION recordings_only_grows();
CREATE TRIGGER recording_goes_forward BEFORE UPDATE ON recordings_recording
    FOR EACH ROW EXECUTE FUNCTION recordings_goes_forward();
CREATE TRIGGER recording_never_deleted BEFORE DELETE ON recordings_recording
    FOR EACH ROW EXECUTE FUNCTION recordings_only_grows();
CREATE TRIGGER hold_goes_forward BEFORE UPDATE ON recordings_hold
    FOR EACH ROW EXECUTE FUNCTION recordings_hold_goes_forward();
CREATE TRIGGER hold_never_deleted BEFORE DELETE ON recordings_hold
    FOR EACH ROW EXECUTE FUNCTION recordings_only_grows();
"""

_GROWING = ("build", "style", "page", "subject", "viewing")
_ALL = (*_GROWING, "part", "recording", "hold")

GUARD_ALL = "".join(
    f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON recordings_{table} "
    "FOR EACH ROW EXECUTE FUNCTION recordings_only_grows();"
    for table in _GROWING
) + "".join(
    f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON recordings_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION recordings_only_grows();"
    for table in _ALL
)

UNGUARD = """
DROP FUNCTION recordings_only_grows, recordings_part_is_emptied, recordings_goes_forward,
    recordings_hold_goes_forward CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("recordings", "0001_initial")]

    operations = [migrations.RunSQL(GUARD + GUARD_ALL, UNGUARD)]
