"""The date of a step follows the contracts; what it says goes after that day and never before (AML 34, SALE-15)."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE FUNCTION identification_step_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{kept_until,detail_sealed,destroyed_at}';
    made date := (OLD.at AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    IF to_jsonb(NEW) - moving IS DISTINCT FROM to_jsonb(OLD) - moving OR OLD.destroyed_at IS NOT NULL
        OR (NEW.destroyed_at IS NULL AND NEW.detail_sealed IS DISTINCT FROM OLD.detail_sealed) THEN
        RAISE EXCEPTION 'what was made sure of in step % never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kept_until < (made + interval '10 years')::date THEN
        RAISE EXCEPTION 'step % is kept for ten years at least', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.destroyed_at IS NOT NULL AND (NEW.kept_until <> OLD.kept_until
        OR (NEW.destroyed_at AT TIME ZONE 'Asia/Shanghai')::date <= OLD.kept_until) THEN
        RAISE EXCEPTION 'step % is kept until %', OLD.id, OLD.kept_until USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER step_only_grows ON identification_step;
CREATE TRIGGER step_is_kept BEFORE UPDATE ON identification_step
    FOR EACH ROW EXECUTE FUNCTION identification_step_is_kept();
CREATE TRIGGER step_never_deleted BEFORE DELETE ON identification_step
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER step_event_only_grows BEFORE UPDATE OR DELETE ON identification_stepevent
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
CREATE TRIGGER step_event_not_emptied BEFORE TRUNCATE ON identification_stepevent
    FOR EACH STATEMENT EXECUTE FUNCTION identification_only_grows();
"""

UNGUARD = """
DROP TRIGGER step_event_not_emptied ON identification_stepevent;
DROP TRIGGER step_event_only_grows ON identification_stepevent;
DROP TRIGGER step_never_deleted ON identification_step;
DROP TRIGGER step_is_kept ON identification_step;
DROP FUNCTION identification_step_is_kept();
CREATE TRIGGER step_only_grows BEFORE UPDATE OR DELETE ON identification_step
    FOR EACH ROW EXECUTE FUNCTION identification_only_grows();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('identification', '0002_records_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.CharField(max_length=12)),
                ('before', models.DateField()),
                ('after', models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name='step',
            name='destroyed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='step',
            name='detail_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(condition=models.Q(('destroyed_at', None)), fields=['account_id', 'id'], name='step_of_account'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(condition=models.Q(('destroyed_at', None)), fields=['kept_until', 'id'], name='step_by_date'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at', None), ('detail_sealed__isnull', False)), models.Q(('destroyed_at__isnull', False), ('detail_sealed', None)), _connector='OR'), name='step_destroyed_says_nothing'),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='identification.step'),
        ),
        migrations.AddConstraint(
            model_name='stepevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', 'moved'), models.Q(('before', models.F('after')), _negated=True)), models.Q(('before', models.F('after')), ('what', 'destroyed')), _connector='OR'), name='step_event_known'),
        ),
        migrations.AddConstraint(
            model_name='stepevent',
            constraint=models.UniqueConstraint(condition=models.Q(('what', 'destroyed')), fields=('step',), name='step_destroyed_once'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
