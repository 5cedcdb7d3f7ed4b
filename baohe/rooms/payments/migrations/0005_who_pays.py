"""Who must pay an intent, sealed, and which account paid it: neither ever changes.

What was opened before names nobody and is taken as it was then: it is open for three days at most.
"""

from django.db import migrations, models

WHO_PAYS_STAYS = """
CREATE OR REPLACE FUNCTION payments_intent_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shard_key, NEW.provider, NEW.agreement_id, NEW.order_number, NEW.kind, NEW.subject_id, NEW.account_id,
        NEW.payee, NEW.amount_fen, NEW.currency, NEW.app_id, NEW.payer_sealed)
       IS DISTINCT FROM
       (OLD.shard_key, OLD.provider, OLD.agreement_id, OLD.order_number, OLD.kind, OLD.subject_id, OLD.account_id,
        OLD.payee, OLD.amount_fen, OLD.currency, OLD.app_id, OLD.payer_sealed) THEN
        RAISE EXCEPTION 'the terms of payment % never change', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'paid' AND (NEW.state, NEW.trade_no, NEW.paid_at, NEW.paid_from)
       IS DISTINCT FROM (OLD.state, OLD.trade_no, OLD.paid_at, OLD.paid_from) THEN
        RAISE EXCEPTION 'payment % stays paid', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TERMS_AS_BEFORE = """
CREATE OR REPLACE FUNCTION payments_intent_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shard_key, NEW.provider, NEW.agreement_id, NEW.order_number, NEW.kind, NEW.subject_id, NEW.account_id,
        NEW.payee, NEW.amount_fen, NEW.currency, NEW.app_id)
       IS DISTINCT FROM
       (OLD.shard_key, OLD.provider, OLD.agreement_id, OLD.order_number, OLD.kind, OLD.subject_id, OLD.account_id,
        OLD.payee, OLD.amount_fen, OLD.currency, OLD.app_id) THEN
        RAISE EXCEPTION 'the terms of payment % never change', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'paid' AND (NEW.state, NEW.trade_no, NEW.paid_at)
       IS DISTINCT FROM (OLD.state, OLD.trade_no, OLD.paid_at) THEN
        RAISE EXCEPTION 'payment % stays paid', OLD.order_number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_every_provider")]

    operations = [
        migrations.AddField(model_name="paymentintent", name="payer_sealed", field=models.BinaryField(default=b"")),
        migrations.AddField(
            model_name="paymentintent", name="paid_from", field=models.CharField(default="", max_length=4)
        ),
        migrations.RunSQL(WHO_PAYS_STAYS, TERMS_AS_BEFORE),
    ]
