
from django.db import migrations, models


GUARDS = """
ALTER TABLE documents_document
    ADD CONSTRAINT document_digest_length CHECK (octet_length(sha256) = 32 AND octet_length(certificate_sha256) = 32),
    ADD CONSTRAINT document_token_unguessable CHECK (length(token) >= 32);

CREATE FUNCTION documents_ready_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'preparing' AND NEW.token = OLD.token AND NEW.policy_id = OLD.policy_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an issued document never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER documents_ready_never_changes BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_ready_never_changes();
CREATE TRIGGER documents_never_emptied BEFORE TRUNCATE ON documents_document
    FOR EACH STATEMENT EXECUTE FUNCTION documents_ready_never_changes();
"""

REMOVE_GUARDS = "DROP FUNCTION documents_ready_never_changes CASCADE;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('shard_key', models.SmallIntegerField()),
                ('policy_id', models.UUIDField()),
                ('kind', models.CharField(default='policy', max_length=20)),
                ('state', models.CharField(choices=[('preparing', 'Preparing'), ('ready', 'Ready')], default='preparing', max_length=20)),
                ('token', models.CharField(max_length=64)),
                ('policy_number', models.CharField(max_length=40)),
                ('insurer_code', models.CharField(max_length=40)),
                ('insurer_zh', models.CharField(max_length=120)),
                ('insurer_en', models.CharField(max_length=200)),
                ('product_zh', models.CharField(max_length=120)),
                ('product_en', models.CharField(max_length=200)),
                ('insured_masked', models.CharField(max_length=60)),
                ('start', models.DateField()),
                ('last_day', models.DateField()),
                ('sha256', models.BinaryField(null=True)),
                ('size', models.IntegerField(null=True)),
                ('certificate_sha256', models.BinaryField(null=True)),
                ('signed_by', models.CharField(default='', max_length=200)),
                ('signed_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('policy_id', 'kind', 'shard_key'), name='document_once_a_policy'), models.UniqueConstraint(fields=('token', 'shard_key'), name='document_token'), models.UniqueConstraint(fields=('sha256', 'shard_key'), name='document_digest'), models.CheckConstraint(condition=models.Q(('state', 'preparing'), models.Q(('certificate_sha256__isnull', False), ('sha256__isnull', False), ('signed_at__isnull', False), ('size__gt', 0)), _connector='OR'), name='document_ready_is_complete')],
            },
        ),
        migrations.RunSQL(GUARDS, REMOVE_GUARDS),
    ]
