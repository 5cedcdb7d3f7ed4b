"""Frozen files, the order of states, and tables that only grow: whatever code asks for it."""

from django.db import migrations

GROW = ("studio_draftsave", "studio_draftsource", "studio_studioevent")

GUARD = """
CREATE FUNCTION studio_draft_keeps_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('draft', 'returned') AND NEW.files IS DISTINCT FROM OLD.files THEN
        RAISE EXCEPTION 'the files of a draft are frozen once it is %', OLD.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.product_code, NEW.version, NEW.maker_id) IS DISTINCT FROM (OLD.product_code, OLD.version, OLD.maker_id) THEN
        RAISE EXCEPTION 'a draft keeps its version and its maker' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'approved'), ('submitted', 'returned'),
        ('approved', 'returned'), ('approved', 'published'), ('draft', 'withdrawn'), ('returned', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'a draft does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER studio_draft_order BEFORE UPDATE ON studio_draft
    FOR EACH ROW EXECUTE FUNCTION studio_draft_keeps_order();

CREATE FUNCTION studio_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows (% refused)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER studio_draft_stays BEFORE DELETE ON studio_draft
    FOR EACH ROW EXECUTE FUNCTION studio_only_grows();
""" + "".join(
    f"""
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION studio_only_grows();
CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION studio_only_grows();
"""
    for table in GROW
)

UNGUARD = (
    "".join(f"DROP TRIGGER {t}_rows ON {t}; DROP TRIGGER {t}_all ON {t};" for t in GROW)
    + """
DROP TRIGGER studio_draft_stays ON studio_draft;
DROP TRIGGER studio_draft_order ON studio_draft;
DROP FUNCTION studio_only_grows();
DROP FUNCTION studio_draft_keeps_order();
"""
)


class Migration(migrations.Migration):
    dependencies = [("studio", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
