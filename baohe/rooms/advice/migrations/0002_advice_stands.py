"""An advice is never changed after it was given; its owner may delete it (DATA-2)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION advice_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER advice_stands BEFORE UPDATE ON advice_advicerow FOR EACH ROW EXECUTE FUNCTION advice_stands();
"""

UNGUARD = """
DROP TRIGGER advice_stands ON advice_advicerow;
DROP FUNCTION advice_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
