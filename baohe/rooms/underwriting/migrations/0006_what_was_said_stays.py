"""History only grows; a verdict's terms, and what the machine read in a paper, never change once written."""

from django.db import migrations

_FORWARD = """
CREATE TRIGGER underwriting_referralevent_rows BEFORE UPDATE OR DELETE ON underwriting_referralevent
    FOR EACH ROW EXECUTE FUNCTION underwriting_refuse_change();
CREATE TRIGGER underwriting_referralevent_all BEFORE TRUNCATE ON underwriting_referralevent
    FOR EACH STATEMENT EXECUTE FUNCTION underwriting_refuse_change();

CREATE FUNCTION underwriting_keep_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.answered_at IS NOT NULL OR OLD.returned_at IS NOT NULL
       OR (NEW.outcome, NEW.loading_bp, NEW.exclusions, NEW.premium_fen, NEW.note, NEW.clause, NEW.maker_id,
           NEW.maker_name, NEW.made_at, NEW.two_names, NEW.referral_id)
          IS DISTINCT FROM
          (OLD.outcome, OLD.loading_bp, OLD.exclusions, OLD.premium_fen, OLD.note, OLD.clause, OLD.maker_id,
           OLD.maker_name, OLD.made_at, OLD.two_names, OLD.referral_id) THEN
        RAISE EXCEPTION 'the terms of a verdict stay' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER underwriting_verdict_stays BEFORE UPDATE OR DELETE ON underwriting_verdict
    FOR EACH ROW EXECUTE FUNCTION underwriting_keep_verdict();

CREATE FUNCTION underwriting_keep_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.sha256 <> OLD.sha256 OR NEW.file_name <> OLD.file_name
       OR (OLD.reading_sealed IS NOT NULL AND NEW.reading_sealed IS DISTINCT FROM OLD.reading_sealed) THEN
        RAISE EXCEPTION 'a paper and its reading stay' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER underwriting_paper_stays BEFORE UPDATE OR DELETE ON underwriting_medicalpaper
    FOR EACH ROW EXECUTE FUNCTION underwriting_keep_reading();
"""

_BACK = """
DROP TRIGGER underwriting_referralevent_rows ON underwriting_referralevent;
DROP TRIGGER underwriting_referralevent_all ON underwriting_referralevent;
DROP TRIGGER underwriting_verdict_stays ON underwriting_verdict;
DROP TRIGGER underwriting_paper_stays ON underwriting_medicalpaper;
DROP FUNCTION underwriting_keep_verdict();
DROP FUNCTION underwriting_keep_reading();
"""


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0005_referral_desk")]

    operations = [migrations.RunSQL(_FORWARD, _BACK)]
