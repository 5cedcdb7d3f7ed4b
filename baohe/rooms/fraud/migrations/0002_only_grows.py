"""What was seen, raised and answered is never changed or removed: precision is measured on it."""

from django.db import migrations

_KEPT = ("fraud_look", "fraud_raisedsignal", "fraud_feedback")

GUARD = """
CREATE FUNCTION fraud_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_row_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION fraud_only_grows();
CREATE TRIGGER {table}_all_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION fraud_only_grows();
"""
    for table in _KEPT
)

UNGUARD = (
    "".join(
        f"DROP TRIGGER {table}_row_stays ON {table}; DROP TRIGGER {table}_all_stays ON {table};" for table in _KEPT
    )
    + "DROP FUNCTION fraud_only_grows();"
)


class Migration(migrations.Migration):
    dependencies = [("fraud", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
