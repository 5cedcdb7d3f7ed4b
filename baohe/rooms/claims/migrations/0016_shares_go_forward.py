"""What the tables of a death benefit cannot say alone: the shares of a decision re-add to it, a share goes forward and
keeps its terms, and a claim is paid only when every share is."""

from importlib import import_module

from django.db import migrations

_before = import_module("baohe.rooms.claims.migrations.0006_money_goes_forward").STATES
_WAYS = "OR (OLD.state = 'withdrawn' AND NEW.state = 'with_person')"
_LAST = """
    IF NEW.state = 'refused_by_person' AND NOT EXISTS ("""

STATES = _before.replace(
    _WAYS,
    _WAYS
    + """
        OR (OLD.state IN ('with_person', 'paid') AND NEW.state = 'to_pay' AND NEW.event = 'death')""",
).replace(
    _LAST,
    """
    IF NEW.state = 'paid' AND EXISTS (
        SELECT 1 FROM claims_claimshare share WHERE share.claim_id = NEW.id AND share.state <> 'paid'
    ) THEN
        RAISE EXCEPTION 'a share of the claim is not paid' USING ERRCODE = 'check_violation';
    END IF;"""
    + _LAST,
)

FORWARD = """
CREATE FUNCTION claims_share_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{guardian_sealed,guardian_at,guardian_said,state,attempt,account_sealed,bank,last_four,paid_at}';
BEGIN
    IF TG_OP <> 'UPDATE' OR to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving
       OR OLD.state = 'paid' OR NEW.attempt < OLD.attempt THEN
        RAISE EXCEPTION 'a share keeps its terms and goes forward' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('waiting_guardian', 'waiting_account'), ('waiting_account', 'paying'),
        ('paying', 'waiting_account'), ('paying', 'paid')
    ) THEN
        RAISE EXCEPTION 'a share does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'paid' AND NOT EXISTS (
        SELECT 1 FROM claims_claimpayment payment
        WHERE payment.share_id = NEW.id AND payment.done_at IS NOT NULL AND payment.amount_fen = NEW.amount_fen
    ) THEN
        RAISE EXCEPTION 'a share is paid by a payout of its amount' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_share_forward BEFORE UPDATE OR DELETE ON claims_claimshare
    FOR EACH ROW EXECUTE FUNCTION claims_share_goes_forward();
CREATE TRIGGER claims_claimshare_all_stays BEFORE TRUNCATE ON claims_claimshare
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();

CREATE FUNCTION claims_shares_re_add() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    agreed bigint;
    shared bigint;
BEGIN
    SELECT amount_fen INTO agreed FROM claims_claimdecision
        WHERE claim_id = NEW.claim_id AND number = NEW.decision_number;
    SELECT sum(amount_fen) INTO shared FROM claims_claimshare
        WHERE claim_id = NEW.claim_id AND decision_number = NEW.decision_number;
    IF agreed IS DISTINCT FROM shared THEN
        RAISE EXCEPTION 'the shares of a decision come to %, it agreed to %', shared, agreed
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_shares_re_add AFTER INSERT ON claims_claimshare
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims_shares_re_add();
"""

BACKWARD = """
DROP TRIGGER claim_shares_re_add ON claims_claimshare; DROP FUNCTION claims_shares_re_add();
DROP TRIGGER claims_claimshare_all_stays ON claims_claimshare;
DROP TRIGGER claim_share_forward ON claims_claimshare; DROP FUNCTION claims_share_goes_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_shares_of_a_death_benefit")]
    operations = [migrations.RunSQL(STATES, _before), migrations.RunSQL(FORWARD, BACKWARD)]
