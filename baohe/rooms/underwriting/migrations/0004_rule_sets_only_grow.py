"""A released rule set never changes."""

from django.db import migrations

_TABLE = "underwriting_ruleset"


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0003_rule_sets")]

    operations = [
        migrations.RunSQL(
            f"""
            CREATE TRIGGER {_TABLE}_rows BEFORE UPDATE OR DELETE ON {_TABLE}
                FOR EACH ROW EXECUTE FUNCTION underwriting_refuse_change();
            CREATE TRIGGER {_TABLE}_all BEFORE TRUNCATE ON {_TABLE}
                FOR EACH STATEMENT EXECUTE FUNCTION underwriting_refuse_change();
            """,
            f"DROP TRIGGER {_TABLE}_rows ON {_TABLE}; DROP TRIGGER {_TABLE}_all ON {_TABLE};",
        )
    ]
