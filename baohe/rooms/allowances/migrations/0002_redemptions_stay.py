"""A redemption never changes and never goes: a service that was given was given."""

from django.db import migrations

GUARD = """
CREATE FUNCTION allowances_redemption_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a redemption never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER allowances_redemption_rows BEFORE UPDATE OR DELETE ON allowances_redemption
    FOR EACH ROW EXECUTE FUNCTION allowances_redemption_stays();
CREATE TRIGGER allowances_redemption_all BEFORE TRUNCATE ON allowances_redemption
    FOR EACH STATEMENT EXECUTE FUNCTION allowances_redemption_stays();
"""

UNGUARD = """
DROP TRIGGER allowances_redemption_rows ON allowances_redemption;
DROP TRIGGER allowances_redemption_all ON allowances_redemption;
DROP FUNCTION allowances_redemption_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("allowances", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
