"""Consents refuse change and removal: they are proof for both sides (DATA-1)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION consent_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows (% refused)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER consent_only_grows BEFORE UPDATE OR DELETE ON consent_consentevent
    FOR EACH ROW EXECUTE FUNCTION consent_only_grows();
CREATE TRIGGER consent_only_grows_whole BEFORE TRUNCATE ON consent_consentevent
    FOR EACH STATEMENT EXECUTE FUNCTION consent_only_grows();
"""

UNGUARD = """
DROP TRIGGER consent_only_grows_whole ON consent_consentevent;
DROP TRIGGER consent_only_grows ON consent_consentevent;
DROP FUNCTION consent_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
