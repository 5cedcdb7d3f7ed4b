"""Who receives may change after issue: a numbered list in the place of the one before, never one of them changed."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
CREATE FUNCTION policies_beneficiaries_go_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION '% keeps what was agreed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - '{state,ended_at}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{state,ended_at}'::text[]
        OR OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'a change of beneficiaries ends once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER beneficiaries_go_forward BEFORE UPDATE OR DELETE ON policies_beneficiarychange
    FOR EACH ROW EXECUTE FUNCTION policies_beneficiaries_go_forward();
CREATE TRIGGER beneficiaries_not_truncated BEFORE TRUNCATE ON policies_beneficiarychange
    FOR EACH STATEMENT EXECUTE FUNCTION policies_beneficiaries_go_forward();
"""
UNGUARD = """
DROP TRIGGER beneficiaries_not_truncated ON policies_beneficiarychange;
DROP TRIGGER beneficiaries_go_forward ON policies_beneficiarychange;
DROP FUNCTION policies_beneficiaries_go_forward();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0005_endorsements'),
    ]

    operations = [
        migrations.CreateModel(
            name='BeneficiaryChange',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('shard_key', models.SmallIntegerField()),
                ('number', models.SmallIntegerField()),
                ('beneficiaries_sealed', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('consent_by', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('policy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='beneficiary_changes', to='policies.policy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('policy', 'number'), name='beneficiary_change_numbered'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('policy',), name='beneficiary_change_one_waiting'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'effective', 'refused', 'void')), ('consent_by__in', ('self', 'guardian', 'insured'))), name='beneficiary_change_words'), models.CheckConstraint(condition=models.Q(models.Q(('consent_by', 'insured'), ('ended_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='beneficiary_change_ended')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
