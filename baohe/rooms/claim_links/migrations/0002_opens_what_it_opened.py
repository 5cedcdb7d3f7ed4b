"""What a link opens, and for whom, never changes; an ended link stays ended; nothing is deleted."""

from django.db import migrations

GUARD = """
CREATE FUNCTION claim_links_notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER claim_links_notice_row_stays BEFORE UPDATE OR DELETE ON claim_links_notice
    FOR EACH ROW EXECUTE FUNCTION claim_links_notice_stays();
CREATE TRIGGER claim_links_notice_all_stays BEFORE TRUNCATE ON claim_links_notice
    FOR EACH STATEMENT EXECUTE FUNCTION claim_links_notice_stays();

CREATE FUNCTION claim_links_link_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{state,ended_at,expires_at,code_mac,code_sent_at,code_tries,codes_sent,identity_tries,opened_at}';
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION '% keeps every link', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving THEN
        RAISE EXCEPTION 'what link % opens never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'live' THEN
        RAISE EXCEPTION 'link % was ended', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.identity_tries < OLD.identity_tries OR NEW.codes_sent < OLD.codes_sent THEN
        RAISE EXCEPTION 'tries of link % are not given back', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_links_link_ends_once BEFORE UPDATE OR DELETE ON claim_links_link
    FOR EACH ROW EXECUTE FUNCTION claim_links_link_ends_once();
CREATE TRIGGER claim_links_link_not_emptied BEFORE TRUNCATE ON claim_links_link
    FOR EACH STATEMENT EXECUTE FUNCTION claim_links_link_ends_once();
"""

UNGUARD = """
DROP TRIGGER claim_links_link_not_emptied ON claim_links_link;
DROP TRIGGER claim_links_link_ends_once ON claim_links_link;
DROP FUNCTION claim_links_link_ends_once();
DROP TRIGGER claim_links_notice_all_stays ON claim_links_notice;
DROP TRIGGER claim_links_notice_row_stays ON claim_links_notice;
DROP FUNCTION claim_links_notice_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("claim_links", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
