"""The log of reads refuses change and removal: a reader could otherwise wipe the trace (DATA-5)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION people_readlog_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows (% refused)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER people_readlog_only_grows BEFORE UPDATE OR DELETE ON people_readlog
    FOR EACH ROW EXECUTE FUNCTION people_readlog_only_grows();
CREATE TRIGGER people_readlog_only_grows_whole BEFORE TRUNCATE ON people_readlog
    FOR EACH STATEMENT EXECUTE FUNCTION people_readlog_only_grows();
"""

UNGUARD = """
DROP TRIGGER people_readlog_only_grows_whole ON people_readlog;
DROP TRIGGER people_readlog_only_grows ON people_readlog;
DROP FUNCTION people_readlog_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
