"""A statement never changes but for the moment a new edition takes its place: whatever code asks for it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION settlement_statement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
        OR (to_jsonb(NEW) - 'superseded_at') IS DISTINCT FROM (to_jsonb(OLD) - 'superseded_at') THEN
        RAISE EXCEPTION 'a statement never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_statement_rows BEFORE UPDATE OR DELETE ON settlement_statement
    FOR EACH ROW EXECUTE FUNCTION settlement_statement_stays();
CREATE TRIGGER settlement_statement_all BEFORE TRUNCATE ON settlement_statement
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_statement_stays();
"""

UNGUARD = """
DROP TRIGGER settlement_statement_rows ON settlement_statement;
DROP TRIGGER settlement_statement_all ON settlement_statement;
DROP FUNCTION settlement_statement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
