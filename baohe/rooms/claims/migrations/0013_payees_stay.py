"""The account that a claimant gave is never rewritten: another one is another row."""

from django.db import migrations

STAYS = """
CREATE TRIGGER claims_payee_row_stays BEFORE UPDATE OR DELETE ON claims_payee
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER claims_payee_all_stays BEFORE TRUNCATE ON claims_payee
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
"""
UNDONE = """
DROP TRIGGER claims_payee_all_stays ON claims_payee;
DROP TRIGGER claims_payee_row_stays ON claims_payee;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_payees_of_links")]

    operations = [migrations.RunSQL(STAYS, UNDONE)]
