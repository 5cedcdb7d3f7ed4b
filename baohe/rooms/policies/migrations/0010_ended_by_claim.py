"""A paid death or total loss ends the contract: one more way to end, once, and never beside another."""

from importlib import import_module

from django.db import migrations, models

_BEFORE = import_module("baohe.rooms.policies.migrations.0009_insured_index_once").FORWARD

FORWARD = _BEFORE.replace("'insured_index'];", "'insured_index', 'ended_by_claim_on'];").replace(
    "    IF OLD.refunded_at IS NOT NULL",
    """    IF OLD.ended_by_claim_on IS NOT NULL AND NEW.ended_by_claim_on IS DISTINCT FROM OLD.ended_by_claim_on THEN
        RAISE EXCEPTION 'a claim ends a policy once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.refunded_at IS NOT NULL""",
)


class Migration(migrations.Migration):
    dependencies = [("policies", "0009_insured_index_once")]
    operations = [
        migrations.AddField("policy", "ended_by_claim_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "policy",
            models.CheckConstraint(
                condition=models.Q(ended_by_claim_on=None) | models.Q(cancelled_at=None, lapsed_on=None),
                name="policy_ends_one_way",
            ),
        ),
        migrations.RunSQL(FORWARD, _BEFORE),
    ]
