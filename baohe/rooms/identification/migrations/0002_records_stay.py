"""Records of identification only grow and are kept for their ten years; questions go forward (SALE-15, AML 34)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION identification_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows (% refused)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER step_only_grows BEFORE UPDATE OR DELETE ON identification_step
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER step_not_emptied BEFORE TRUNCATE ON identification_step
    FOR EACH STATEMENT EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER entry_only_grows BEFORE UPDATE OR DELETE ON identification_listentry
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER entry_not_emptied BEFORE TRUNCATE ON identification_listentry
    FOR EACH STATEMENT EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER sound_only_grows BEFORE UPDATE OR DELETE ON identification_entrysound
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER sound_not_emptied BEFORE TRUNCATE ON identification_entrysound
    FOR EACH STATEMENT EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER hit_event_only_grows BEFORE UPDATE OR DELETE ON identification_hitevent
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER hit_event_not_emptied BEFORE TRUNCATE ON identification_hitevent
    FOR EACH STATEMENT EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER hit_never_deleted BEFORE DELETE ON identification_hit
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER liveness_never_deleted BEFORE DELETE ON identification_livenesssession
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER person_check_never_deleted BEFORE DELETE ON identification_personcheck
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();

CREATE FUNCTION identification_hit_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{state,proposed_by,decided_by,decided_at}';
BEGIN
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving
        OR (OLD.state, NEW.state) NOT IN (('open', 'proposed'), ('open', 'cleared'), ('proposed', 'confirmed'),
            ('proposed', 'cleared')) THEN
        RAISE EXCEPTION 'hit % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hit_goes_forward BEFORE UPDATE ON identification_hit
    FOR EACH ROW EXECUTE FUNCTION identification_hit_goes_forward();

CREATE FUNCTION identification_liveness_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{session,page,verdict,score,ended_at}';
BEGIN
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving OR OLD.verdict <> 'open' THEN
        RAISE EXCEPTION 'liveness session % ends once', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER liveness_ends_once BEFORE UPDATE ON identification_livenesssession
    FOR EACH ROW EXECUTE FUNCTION identification_liveness_ends_once();
"""

UNGUARD = """
DROP TRIGGER liveness_ends_once ON identification_livenesssession;
DROP FUNCTION identification_liveness_ends_once();
DROP TRIGGER hit_goes_forward ON identification_hit;
DROP FUNCTION identification_hit_goes_forward();
DROP TRIGGER person_check_never_deleted ON identification_personcheck;
DROP TRIGGER liveness_never_deleted ON identification_livenesssession;
DROP TRIGGER hit_never_deleted ON identification_hit;
DROP TRIGGER hit_event_not_emptied ON identification_hitevent;
DROP TRIGGER hit_event_only_grows ON identification_hitevent;
DROP TRIGGER sound_not_emptied ON identification_entrysound;
DROP TRIGGER sound_only_grows ON identification_entrysound;
DROP TRIGGER entry_not_emptied ON identification_listentry;
DROP TRIGGER entry_only_grows ON identification_listentry;
DROP TRIGGER step_not_emptied ON identification_step;
DROP TRIGGER step_only_grows ON identification_step;
DROP FUNCTION identification_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("identification", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
