"""What the database keeps whoever writes: what was agreed stays, what was earned stays earned, nobody unregistered is
owed anything (OVER-2)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION commission_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER move_only_grows BEFORE UPDATE OR DELETE ON commission_move
    FOR EACH ROW EXECUTE FUNCTION commission_only_grows();
CREATE TRIGGER move_never_emptied BEFORE TRUNCATE ON commission_move
    FOR EACH STATEMENT EXECUTE FUNCTION commission_only_grows();
CREATE FUNCTION commission_seller_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.policy_id IS NOT NULL THEN
        RAISE EXCEPTION 'who sold policy % never changes', OLD.policy_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attribution_stays BEFORE UPDATE OR DELETE ON commission_attribution
    FOR EACH ROW EXECUTE FUNCTION commission_seller_stays();
CREATE TRIGGER attribution_never_emptied BEFORE TRUNCATE ON commission_attribution
    FOR EACH STATEMENT EXECUTE FUNCTION commission_only_grows();
CREATE TRIGGER earning_never_deleted BEFORE DELETE ON commission_earning
    FOR EACH ROW EXECUTE FUNCTION commission_only_grows();
CREATE TRIGGER part_never_deleted BEFORE DELETE ON commission_part
    FOR EACH ROW EXECUTE FUNCTION commission_only_grows();

CREATE FUNCTION commission_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.decided_by IS NOT NULL
        OR (to_jsonb(NEW) - '{decided_by,decided_by_name,decided_at,approved}'::text[])
           IS DISTINCT FROM (to_jsonb(OLD) - '{decided_by,decided_by_name,decided_at,approved}'::text[]) THEN
        RAISE EXCEPTION 'what was proposed is decided once and never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schedule_decided_once BEFORE UPDATE OR DELETE ON commission_schedule
    FOR EACH ROW EXECUTE FUNCTION commission_decided_once();
CREATE TRIGGER register_change_decided_once BEFORE UPDATE OR DELETE ON commission_registerchange
    FOR EACH ROW EXECUTE FUNCTION commission_decided_once();

CREATE FUNCTION commission_only_to_registered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.share_bp > 0 AND NOT EXISTS (
        SELECT 1 FROM commission_producer p
        WHERE p.id = NEW.producer_id AND p.valid_from <= NEW."on"
          AND (p.valid_until IS NULL OR p.valid_until >= NEW."on")) THEN
        RAISE EXCEPTION 'nobody unregistered on % earns a commission', NEW."on" USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER earning_only_to_registered BEFORE INSERT ON commission_earning
    FOR EACH ROW EXECUTE FUNCTION commission_only_to_registered();

CREATE FUNCTION commission_earning_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - '{returned_fen,closed_bp,held_on}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{returned_fen,closed_bp,held_on}'::text[])
        OR NEW.returned_fen < OLD.returned_fen
        OR (OLD.closed_bp IS NOT NULL AND NEW.closed_bp IS DISTINCT FROM OLD.closed_bp) THEN
        RAISE EXCEPTION 'the facts of a commission never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER earning_facts_stay BEFORE UPDATE ON commission_earning
    FOR EACH ROW EXECUTE FUNCTION commission_earning_facts_stay();

CREATE FUNCTION commission_part_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state IN ('earned', 'dropped') AND NEW.state <> OLD.state)
        OR (NEW.earning_id, NEW.part, NEW.due_on) IS DISTINCT FROM (OLD.earning_id, OLD.part, OLD.due_on) THEN
        RAISE EXCEPTION 'a part that was earned or dropped stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_goes_forward BEFORE UPDATE ON commission_part
    FOR EACH ROW EXECUTE FUNCTION commission_part_goes_forward();
"""

UNGUARD = """
DROP TRIGGER part_goes_forward ON commission_part;
DROP FUNCTION commission_part_goes_forward();
DROP TRIGGER earning_facts_stay ON commission_earning;
DROP FUNCTION commission_earning_facts_stay();
DROP TRIGGER earning_only_to_registered ON commission_earning;
DROP FUNCTION commission_only_to_registered();
DROP TRIGGER register_change_decided_once ON commission_registerchange;
DROP TRIGGER schedule_decided_once ON commission_schedule;
DROP FUNCTION commission_decided_once();
DROP TRIGGER part_never_deleted ON commission_part;
DROP TRIGGER earning_never_deleted ON commission_earning;
DROP TRIGGER attribution_never_emptied ON commission_attribution;
DROP TRIGGER attribution_stays ON commission_attribution;
DROP FUNCTION commission_seller_stays();
DROP TRIGGER move_never_emptied ON commission_move;
DROP TRIGGER move_only_grows ON commission_move;
DROP FUNCTION commission_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("commission", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
