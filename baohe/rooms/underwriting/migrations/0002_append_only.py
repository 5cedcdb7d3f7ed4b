"""What was declared and what a person decided never change; a referral may only be closed, once."""

from django.db import migrations

_APPEND_ONLY = ("underwriting_declaration", "underwriting_referraldecision")

_FUNCTIONS = """
CREATE FUNCTION underwriting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION underwriting_close_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'a referral is closed once and kept' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER underwriting_referral_once BEFORE UPDATE OR DELETE ON underwriting_referral
    FOR EACH ROW EXECUTE FUNCTION underwriting_close_once();
"""


def _guard(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION underwriting_refuse_change();
    CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION underwriting_refuse_change();
    """


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0001_initial")]

    operations = [
        migrations.RunSQL(
            _FUNCTIONS + "".join(_guard(table) for table in _APPEND_ONLY),
            "".join(f"DROP TRIGGER {t}_rows ON {t}; DROP TRIGGER {t}_all ON {t};" for t in _APPEND_ONLY)
            + "DROP TRIGGER underwriting_referral_once ON underwriting_referral;"
            + "DROP FUNCTION underwriting_close_once(); DROP FUNCTION underwriting_refuse_change();",
        )
    ]
