"""One payment may buy several policies; a proposal still waits for one payment only."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION policies_proposal_one_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.payment_id IS NOT NULL AND NEW.payment_id IS NOT NULL AND NEW.payment_id <> OLD.payment_id THEN
        RAISE EXCEPTION 'proposal % already waits for a payment', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_one_payment BEFORE UPDATE OF payment_id ON policies_proposal
    FOR EACH ROW EXECUTE FUNCTION policies_proposal_one_payment();
"""
BACKWARD = """
DROP TRIGGER proposal_one_payment ON policies_proposal;
DROP FUNCTION policies_proposal_one_payment();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_what_was_agreed_stays")]

    operations = [
        migrations.RemoveConstraint(model_name="policy", name="policy_once_per_payment"),
        migrations.AddIndex(
            model_name="policy",
            index=models.Index(fields=["shard_key", "payment_id"], name="policy_of_payment"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["account_id", "quote_id"], name="proposal_of_quote"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
