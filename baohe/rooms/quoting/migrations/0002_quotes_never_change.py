"""A quote is never rewritten, removed or truncated."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION quoting_quote_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'quotes never change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER quote_never_changes BEFORE UPDATE OR DELETE ON quoting_quote
    FOR EACH ROW EXECUTE FUNCTION quoting_quote_never_changes();
CREATE TRIGGER quote_never_truncated BEFORE TRUNCATE ON quoting_quote
    FOR EACH STATEMENT EXECUTE FUNCTION quoting_quote_never_changes();
"""
BACKWARD = """
DROP TRIGGER quote_never_truncated ON quoting_quote;
DROP TRIGGER quote_never_changes ON quoting_quote;
DROP FUNCTION quoting_quote_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("quoting", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
