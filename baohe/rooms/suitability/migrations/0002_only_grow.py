"""What was checked and stated is never changed or removed (SALE-6)."""

from django.db import migrations

_TABLES = ("suitability_assessment", "suitability_statement")

_FUNCTION = """
CREATE FUNCTION suitability_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _guard(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION suitability_only_grows();
    CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION suitability_only_grows();
    """


class Migration(migrations.Migration):
    dependencies = [("suitability", "0001_initial")]

    operations = [
        migrations.RunSQL(
            _FUNCTION + "".join(_guard(table) for table in _TABLES),
            "".join(f"DROP TRIGGER {t}_rows ON {t}; DROP TRIGGER {t}_all ON {t};" for t in _TABLES)
            + "DROP FUNCTION suitability_only_grows();",
        )
    ]
