"""A published version and a told stop of sale never change, whatever code asks for it."""

from django.db import migrations

_TABLES = ("catalog_productversion", "catalog_stopsale")

_REFUSE = """
CREATE FUNCTION catalog_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _guard(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
    CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_change();
    """


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(
            _REFUSE + "".join(_guard(table) for table in _TABLES),
            "".join(f"DROP TRIGGER {t}_rows ON {t}; DROP TRIGGER {t}_all ON {t};" for t in _TABLES)
            + "DROP FUNCTION catalog_refuse_change();",
        )
    ]
