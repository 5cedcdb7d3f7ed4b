"""What was told, decided and settled only grows; a ruling, a breaker and a dispute are ended once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION parametric_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION parametric_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
BEGIN
    IF TG_OP = 'DELETE' OR before->>TG_ARGV[0] IS NOT NULL OR before->>TG_ARGV[1] IS NOT NULL THEN
        RAISE EXCEPTION '% is kept, and ends once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parametric_breaker_ends BEFORE UPDATE OR DELETE ON parametric_breaker
    FOR EACH ROW EXECUTE FUNCTION parametric_ends_once('reopened_at', 'reopened_at');
CREATE TRIGGER parametric_ruling_ends BEFORE UPDATE OR DELETE ON parametric_ruling
    FOR EACH ROW EXECUTE FUNCTION parametric_ends_once('confirmed_at', 'returned_at');
CREATE TRIGGER parametric_dispute_ends BEFORE UPDATE OR DELETE ON parametric_dispute
    FOR EACH ROW EXECUTE FUNCTION parametric_ends_once('answered_at', 'answered_at');
"""
UNGUARD = """
DROP TRIGGER parametric_dispute_ends ON parametric_dispute;
DROP TRIGGER parametric_ruling_ends ON parametric_ruling;
DROP TRIGGER parametric_breaker_ends ON parametric_breaker;
DROP FUNCTION parametric_ends_once();
DROP FUNCTION parametric_only_grows();
"""
GROWS = ("report", "refusedreport", "outcome", "settlement", "watch", "sourcekey")


def _guard(table: str) -> str:
    return f"""
CREATE TRIGGER parametric_{table}_rows BEFORE UPDATE OR DELETE ON parametric_{table}
    FOR EACH ROW EXECUTE FUNCTION parametric_only_grows();
CREATE TRIGGER parametric_{table}_all BEFORE TRUNCATE ON parametric_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION parametric_only_grows();
"""


def _unguard(table: str) -> str:
    return f"""
DROP TRIGGER parametric_{table}_all ON parametric_{table};
DROP TRIGGER parametric_{table}_rows ON parametric_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("parametric", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD + "".join(_guard(table) for table in GROWS), "".join(_unguard(table) for table in GROWS) + UNGUARD
        )
    ]
