"""What was agreed stays: papers and signatures never change, a policy changes only by ending, once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION policies_agreed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps what was agreed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER paper_stays BEFORE UPDATE OR DELETE ON policies_proposalpaper
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER paper_not_truncated BEFORE TRUNCATE ON policies_proposalpaper
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER signature_stays BEFORE UPDATE OR DELETE ON policies_proposalsignature
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER signature_not_truncated BEFORE TRUNCATE ON policies_proposalsignature
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER policy_not_deleted BEFORE DELETE ON policies_policy
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER policy_not_truncated BEFORE TRUNCATE ON policies_policy
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER proposal_not_deleted BEFORE DELETE ON policies_proposal
    FOR EACH ROW EXECUTE FUNCTION policies_agreed_stays();
CREATE TRIGGER proposal_not_truncated BEFORE TRUNCATE ON policies_proposal
    FOR EACH STATEMENT EXECUTE FUNCTION policies_agreed_stays();

CREATE FUNCTION policies_policy_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['cancelled_at', 'refund_fen', 'refunded_at']
       IS DISTINCT FROM to_jsonb(OLD) - ARRAY['cancelled_at', 'refund_fen', 'refunded_at'] THEN
        RAISE EXCEPTION 'a policy changes only by ending' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at, NEW.refund_fen) IS DISTINCT FROM (OLD.cancelled_at, OLD.refund_fen) THEN
        RAISE EXCEPTION 'a policy ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.refunded_at IS NOT NULL AND NEW.refunded_at IS DISTINCT FROM OLD.refunded_at THEN
        RAISE EXCEPTION 'a refund is done once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_only_ends BEFORE UPDATE ON policies_policy
    FOR EACH ROW EXECUTE FUNCTION policies_policy_only_ends();

CREATE FUNCTION policies_proposal_issued_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'issued' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
        RAISE EXCEPTION 'an issued proposal never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_issued_stays BEFORE UPDATE ON policies_proposal
    FOR EACH ROW EXECUTE FUNCTION policies_proposal_issued_stays();
"""
BACKWARD = """
DROP TRIGGER proposal_issued_stays ON policies_proposal;
DROP FUNCTION policies_proposal_issued_stays();
DROP TRIGGER policy_only_ends ON policies_policy;
DROP FUNCTION policies_policy_only_ends();
DROP TRIGGER proposal_not_truncated ON policies_proposal;
DROP TRIGGER proposal_not_deleted ON policies_proposal;
DROP TRIGGER policy_not_truncated ON policies_policy;
DROP TRIGGER policy_not_deleted ON policies_policy;
DROP TRIGGER signature_not_truncated ON policies_proposalsignature;
DROP TRIGGER signature_stays ON policies_proposalsignature;
DROP TRIGGER paper_not_truncated ON policies_proposalpaper;
DROP TRIGGER paper_stays ON policies_proposalpaper;
DROP FUNCTION policies_agreed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
