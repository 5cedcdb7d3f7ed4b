"""What the database keeps about money whoever writes: audit rows only grow, sums never change, an end is an end."""

from django.db import migrations

ONLY_GROWS = """
CREATE FUNCTION payments_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER callback_only_grows BEFORE UPDATE OR DELETE ON payments_callbackrecord
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER callback_never_emptied BEFORE TRUNCATE ON payments_callbackrecord
    FOR EACH STATEMENT EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER attempt_only_grows BEFORE UPDATE OR DELETE ON payments_paymentattempt
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER attempt_never_emptied BEFORE TRUNCATE ON payments_paymentattempt
    FOR EACH STATEMENT EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER intent_never_deleted BEFORE DELETE ON payments_paymentintent
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER refund_never_deleted BEFORE DELETE ON payments_refund
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
CREATE TRIGGER payout_never_deleted BEFORE DELETE ON payments_payout
    FOR EACH ROW EXECUTE FUNCTION payments_only_grows();
"""

GROWS_NO_MORE = """
DROP TRIGGER payout_never_deleted ON payments_payout;
DROP TRIGGER refund_never_deleted ON payments_refund;
DROP TRIGGER intent_never_deleted ON payments_paymentintent;
DROP TRIGGER attempt_never_emptied ON payments_paymentattempt;
DROP TRIGGER attempt_only_grows ON payments_paymentattempt;
DROP TRIGGER callback_never_emptied ON payments_callbackrecord;
DROP TRIGGER callback_only_grows ON payments_callbackrecord;
DROP FUNCTION payments_only_grows();
"""

FORWARD_ONLY = """
CREATE FUNCTION payments_intent_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shard_key, NEW.order_number, NEW.kind, NEW.subject_id, NEW.account_id, NEW.payee, NEW.amount_fen,
        NEW.currency, NEW.app_id)
       IS DISTINCT FROM
       (OLD.shard_key, OLD.order_number, OLD.kind, OLD.subject_id, OLD.account_id, OLD.payee, OLD.amount_fen,
        OLD.currency, OLD.app_id) THEN
        RAISE EXCEPTION 'the terms of payment % never change', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'paid' AND (NEW.state, NEW.wallet_trade_no, NEW.paid_at)
       IS DISTINCT FROM (OLD.state, OLD.wallet_trade_no, OLD.paid_at) THEN
        RAISE EXCEPTION 'payment % stays paid', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER intent_goes_forward BEFORE UPDATE ON payments_paymentintent
    FOR EACH ROW EXECUTE FUNCTION payments_intent_goes_forward();

CREATE FUNCTION payments_outgoing_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'state' - 'done_at' IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'done_at' THEN
        RAISE EXCEPTION 'the terms of % never change', OLD.natural_key USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state IN ('done', 'failed') AND NEW.state IS DISTINCT FROM OLD.state THEN
        RAISE EXCEPTION '% stays %', OLD.natural_key, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER refund_goes_forward BEFORE UPDATE ON payments_refund
    FOR EACH ROW EXECUTE FUNCTION payments_outgoing_goes_forward();
CREATE TRIGGER payout_goes_forward BEFORE UPDATE ON payments_payout
    FOR EACH ROW EXECUTE FUNCTION payments_outgoing_goes_forward();
"""

ANY_WAY = """
DROP TRIGGER payout_goes_forward ON payments_payout;
DROP TRIGGER refund_goes_forward ON payments_refund;
DROP FUNCTION payments_outgoing_goes_forward();
DROP TRIGGER intent_goes_forward ON payments_paymentintent;
DROP FUNCTION payments_intent_goes_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        migrations.RunSQL(ONLY_GROWS, GROWS_NO_MORE),
        migrations.RunSQL(FORWARD_ONLY, ANY_WAY),
    ]
