"""What the tables alone cannot say: the states a claim may pass through, who may refuse, and history that stays.

SERV-9 in the database: a claim becomes "refused_by_person" only when a confirmed joint decision with two different
names lies beside it, whatever code runs above.
"""

from django.db import migrations

_KEPT = ("claims_correction", "claims_claimdecision", "claims_coveruse", "claims_milestone")

STATES = """
CREATE FUNCTION claims_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'a claim begins as a draft, not as %', NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.shard_key, NEW.policy_id, NEW.account_id, NEW.number, NEW.event, NEW.happened_on, NEW.version_id)
       IS DISTINCT FROM
       (OLD.id, OLD.shard_key, OLD.policy_id, OLD.account_id, OLD.number, OLD.event, OLD.happened_on, OLD.version_id)
    THEN
        RAISE EXCEPTION 'what a claim is about does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT (
        (OLD.state = 'draft' AND NEW.state IN ('with_person', 'paying', 'withdrawn'))
        OR (OLD.state = 'with_person' AND NEW.state IN ('draft', 'paying', 'refused_by_person', 'withdrawn'))
        OR (OLD.state = 'paying' AND NEW.state IN ('paid', 'to_pay'))
        OR (OLD.state = 'to_pay' AND NEW.state = 'paying')
        OR (OLD.state = 'paid' AND NEW.state = 'paying')
        OR (OLD.state = 'refused_by_person' AND NEW.state = 'with_person')
    ) THEN
        RAISE EXCEPTION 'a claim does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'refused_by_person' AND NOT EXISTS (
        SELECT 1 FROM claims_jointdecision joint
        WHERE joint.claim_id = NEW.id AND joint.confirmed_at IS NOT NULL AND joint.maker_id = NEW.decided_by
          AND joint.checker_id IS NOT NULL AND joint.checker_id <> joint.maker_id
    ) THEN
        RAISE EXCEPTION 'a refusal needs two named people (SERV-9)' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_state_guarded BEFORE INSERT OR UPDATE ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION claims_guard_state();
"""

STATES_UNDONE = "DROP TRIGGER claim_state_guarded ON claims_claim; DROP FUNCTION claims_guard_state();"

HISTORY = """
CREATE FUNCTION claims_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_row_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER {table}_all_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
"""
    for table in _KEPT
)

HISTORY_UNDONE = (
    "".join(
        f"DROP TRIGGER {table}_row_stays ON {table}; DROP TRIGGER {table}_all_stays ON {table};" for table in _KEPT
    )
    + "DROP FUNCTION claims_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunSQL(STATES, STATES_UNDONE), migrations.RunSQL(HISTORY, HISTORY_UNDONE)]
