"""The terms of an agreement never change, and an approval is never taken back: a fee rests on both."""

from django.db import migrations

GUARD = """
CREATE FUNCTION introductions_agreement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.approved_at IS NOT NULL
        OR (to_jsonb(NEW) - '{approved_by,approved_by_name,approved_at}'::text[])
            IS DISTINCT FROM (to_jsonb(OLD) - '{approved_by,approved_by_name,approved_at}'::text[]) THEN
        RAISE EXCEPTION 'an agreement never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER introductions_agreement_rows BEFORE UPDATE OR DELETE ON introductions_agreement
    FOR EACH ROW EXECUTE FUNCTION introductions_agreement_stays();
CREATE TRIGGER introductions_agreement_all BEFORE TRUNCATE ON introductions_agreement
    FOR EACH STATEMENT EXECUTE FUNCTION introductions_agreement_stays();
"""

UNGUARD = """
DROP TRIGGER introductions_agreement_rows ON introductions_agreement;
DROP TRIGGER introductions_agreement_all ON introductions_agreement;
DROP FUNCTION introductions_agreement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("introductions", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
