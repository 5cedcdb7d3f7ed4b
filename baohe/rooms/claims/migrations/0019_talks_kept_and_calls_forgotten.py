"""A conversation on its way is kept for a week; what was said in a call that was asked for goes on its date."""

from django.db import migrations, models

ENDED_BEFORE = """
UPDATE claims_callasked SET kept_until = ((ended_at AT TIME ZONE 'Asia/Shanghai')::date + interval '2 years')::date
WHERE ended_at IS NOT NULL;
"""

FORWARD = """
CREATE FUNCTION claims_call_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := '{outcome,note_sealed,by,by_name,ended_at,kept_until}';
    emptying text[] := '{sentence_sealed,note_sealed,emptied_at}';
BEGIN
    IF OLD.ended_at IS NULL AND to_jsonb(NEW) - ending IS DISTINCT FROM to_jsonb(OLD) - ending
        OR OLD.ended_at IS NOT NULL AND to_jsonb(NEW) - emptying IS DISTINCT FROM to_jsonb(OLD) - emptying
        OR OLD.emptied_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a call that was asked for ends once, and is emptied once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.ended_at IS NOT NULL AND NEW.emptied_at IS NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a call is emptied whole' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_call_forward BEFORE UPDATE ON claims_callasked
    FOR EACH ROW EXECUTE FUNCTION claims_call_goes_forward();
"""
BACKWARD = """
DROP TRIGGER claims_call_forward ON claims_callasked;
DROP FUNCTION claims_call_goes_forward();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0018_find_receipts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimTalk',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('shard_key', models.SmallIntegerField()),
                ('account_id', models.UUIDField()),
                ('revision', models.IntegerField()),
                ('talk_sealed', models.BinaryField(null=True)),
                ('updated_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='callasked',
            name='emptied_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='callasked',
            name='kept_until',
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(ENDED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name='callasked',
            index=models.Index(condition=models.Q(('emptied_at', None), ('ended_at__isnull', False)), fields=['kept_until', 'id'], name='call_asked_over'),
        ),
        migrations.AddConstraint(
            model_name='callasked',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('kept_until', None)), models.Q(('ended_at__isnull', False), ('kept_until__isnull', False)), _connector='OR'), name='call_asked_kept_until'),
        ),
        migrations.AddConstraint(
            model_name='callasked',
            constraint=models.CheckConstraint(condition=models.Q(('emptied_at', None), models.Q(('ended_at__isnull', False), ('note_sealed', None), ('sentence_sealed', None)), _connector='OR'), name='call_asked_emptied_whole'),
        ),
        migrations.AddIndex(
            model_name='claimtalk',
            index=models.Index(condition=models.Q(('talk_sealed', None), _negated=True), fields=['expires_at'], name='claim_talk_expiring'),
        ),
        migrations.AddConstraint(
            model_name='claimtalk',
            constraint=models.UniqueConstraint(fields=('account_id',), name='claim_talk_one_of_account'),
        ),
        migrations.AddConstraint(
            model_name='claimtalk',
            constraint=models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='claim_talk_revision_counts'),
        ),
        migrations.AddConstraint(
            model_name='claimtalk',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('updated_at'))), name='claim_talk_expires'),
        ),
    ]
