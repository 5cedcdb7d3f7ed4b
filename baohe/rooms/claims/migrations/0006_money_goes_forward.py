"""What the tables of a claim's money cannot say alone: reserves and recoveries add up behind each other, nothing is
rewritten, and which new ways a claim may go (taken up again after a withdrawal; settled by its advance)."""

from importlib import import_module

from django.db import migrations

_KEPT = ("claims_reservemove", "claims_recovery", "claims_recoverymove")
_ONCE = ("claims_advance", "claims_moneyact")

_before = import_module("baohe.rooms.claims.migrations.0002_only_people_refuse").STATES.split("CREATE TRIGGER")[0]
_FUNCTION = _before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
_WAYS = "OR (OLD.state = 'refused_by_person' AND NEW.state = 'with_person')"

STATES = _FUNCTION.replace(
    _WAYS,
    _WAYS
    + """
        OR (OLD.state = 'withdrawn' AND NEW.state = 'draft' AND NEW.submitted_at IS NULL)
        OR (OLD.state = 'withdrawn' AND NEW.state = 'with_person')
        OR (OLD.state = 'with_person' AND NEW.state = 'paid' AND EXISTS (
            SELECT 1 FROM claims_advance advance WHERE advance.claim_id = NEW.id
            AND advance.amount_fen = NEW.paid_fen AND advance.amount_fen = NEW.amount_fen))""",
)

FORWARD = """
CREATE FUNCTION claims_reserve_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.before_fen IS DISTINCT FROM
       (SELECT coalesce(sum(amount_fen), 0) FROM claims_reservemove WHERE claim_id = NEW.claim_id) THEN
        RAISE EXCEPTION 'the reserve of claim % moves on from its balance', NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reserve_adds_up BEFORE INSERT ON claims_reservemove
    FOR EACH ROW EXECUTE FUNCTION claims_reserve_adds_up();

CREATE FUNCTION claims_recovery_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected bigint;
BEGIN
    SELECT expected_fen INTO expected FROM claims_recovery WHERE id = NEW.recovery_id FOR UPDATE;
    IF NEW.before_fen IS DISTINCT FROM
       (SELECT coalesce(sum(amount_fen), 0) FROM claims_recoverymove WHERE recovery_id = NEW.recovery_id)
       OR NEW.before_fen + NEW.amount_fen > expected THEN
        RAISE EXCEPTION 'recovery % takes no more than is open', NEW.recovery_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recovery_adds_up BEFORE INSERT ON claims_recoverymove
    FOR EACH ROW EXECUTE FUNCTION claims_recovery_adds_up();

CREATE FUNCTION claims_advance_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.ordered_at IS NOT NULL
       OR (NEW.claim_id, NEW.shard_key, NEW.raised_at, NEW.certain_fen)
          IS DISTINCT FROM (OLD.claim_id, OLD.shard_key, OLD.raised_at, OLD.certain_fen) THEN
        RAISE EXCEPTION 'an advance is ordered once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advance_once BEFORE UPDATE OR DELETE ON claims_advance
    FOR EACH ROW EXECUTE FUNCTION claims_advance_once();

CREATE FUNCTION claims_money_act_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := '{checker_id,checker_name,confirmed_at,returned_at}';
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.confirmed_at IS NOT NULL OR OLD.returned_at IS NOT NULL
       OR to_jsonb(NEW) - ending IS DISTINCT FROM to_jsonb(OLD) - ending THEN
        RAISE EXCEPTION 'what was proposed is confirmed or returned as it is, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER money_act_ends_once BEFORE UPDATE OR DELETE ON claims_moneyact
    FOR EACH ROW EXECUTE FUNCTION claims_money_act_ends_once();
""" + "".join(
    f"""
CREATE TRIGGER {table}_row_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
"""
    for table in _KEPT
) + "".join(
    f"""
CREATE TRIGGER {table}_all_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse_change();
"""
    for table in (*_KEPT, *_ONCE)
)

BACKWARD = (
    "".join(f"DROP TRIGGER {table}_all_stays ON {table};" for table in (*_KEPT, *_ONCE))
    + "".join(f"DROP TRIGGER {table}_row_stays ON {table};" for table in _KEPT)
    + """
DROP TRIGGER money_act_ends_once ON claims_moneyact; DROP FUNCTION claims_money_act_ends_once();
DROP TRIGGER advance_once ON claims_advance; DROP FUNCTION claims_advance_once();
DROP TRIGGER recovery_adds_up ON claims_recoverymove; DROP FUNCTION claims_recovery_adds_up();
DROP TRIGGER reserve_adds_up ON claims_reservemove; DROP FUNCTION claims_reserve_adds_up();
"""
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_reserves_advances_recoveries")]
    operations = [migrations.RunSQL(STATES, _FUNCTION), migrations.RunSQL(FORWARD, BACKWARD)]
