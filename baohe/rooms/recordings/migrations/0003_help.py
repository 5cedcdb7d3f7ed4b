"""A request for help with the record goes forward: asked, perhaps a link, ended once; never deleted (SALE-5)."""

from django.db import migrations, models

import baohe.plumbing.clock

GUARD = """
CREATE FUNCTION recordings_help_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{link_sent_at,outcome,note,by,by_name,ended_at}';
BEGIN
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'request for help % goes forward only', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER help_goes_forward BEFORE UPDATE ON recordings_help
    FOR EACH ROW EXECUTE FUNCTION recordings_help_goes_forward();
CREATE TRIGGER help_never_deleted BEFORE DELETE ON recordings_help
    FOR EACH ROW EXECUTE FUNCTION recordings_only_grows();
CREATE TRIGGER help_never_emptied BEFORE TRUNCATE ON recordings_help
    FOR EACH STATEMENT EXECUTE FUNCTION recordings_only_grows();
"""

UNGUARD = """
DROP TRIGGER help_never_emptied ON recordings_help;
DROP TRIGGER help_never_deleted ON recordings_help;
DROP FUNCTION recordings_help_goes_forward() CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('recordings', '0002_only_grows'),
    ]

    operations = [
        migrations.CreateModel(
            name='Help',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('shard_key', models.SmallIntegerField()),
                ('account_id', models.UUIDField()),
                ('proposal_id', models.UUIDField()),
                ('version_id', models.CharField(max_length=100)),
                ('reason', models.CharField(max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('link_sent_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=12)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=40)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['asked_at', 'id'], name='help_waiting'), models.Index(fields=['proposal_id', '-asked_at'], name='help_of_proposal')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('proposal_id',), name='help_one_open'), models.CheckConstraint(condition=models.Q(('reason__in', ('unsupported', 'sending', 'other'))), name='help_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('ended_at', None), ('outcome', '')), models.Q(('by', None), ('ended_at__isnull', False), ('outcome', 'recorded')), models.Q(('by__isnull', False), ('ended_at__isnull', False), ('outcome__in', ('own_device', 'hosted', 'works_again', 'given_up')), models.Q(('by_name', ''), _negated=True)), _connector='OR'), name='help_ended_by_name')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
