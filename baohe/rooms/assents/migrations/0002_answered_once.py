"""A link answers once and is never deleted; what it asked, and to which telephone, never changes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION assents_answers_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{state,decided_at,strokes_sealed,code_mac,code_sent_at,code_tries,codes_sent,opened_at}';
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION '% keeps every answer', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'what link % asks never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'link % was answered', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assents_link_answers_once BEFORE UPDATE OR DELETE ON assents_link
    FOR EACH ROW EXECUTE FUNCTION assents_answers_once();
CREATE TRIGGER assents_link_not_emptied BEFORE TRUNCATE ON assents_link
    FOR EACH STATEMENT EXECUTE FUNCTION assents_answers_once();
"""

UNGUARD = """
DROP TRIGGER assents_link_not_emptied ON assents_link;
DROP TRIGGER assents_link_answers_once ON assents_link;
DROP FUNCTION assents_answers_once();
"""


class Migration(migrations.Migration):
    dependencies = [("assents", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
