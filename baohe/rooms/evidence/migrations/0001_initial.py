
from django.db import migrations, models


GUARDS = """
ALTER TABLE evidence_evidenceleaf
    ADD CONSTRAINT evidence_leaf_hash_matches CHECK (leaf_hash = sha256('\\x00'::bytea || leaf_data)),
    ADD CONSTRAINT evidence_leaf_fits_bundle CHECK (octet_length(leaf_data) BETWEEN 1 AND 65535);
ALTER TABLE evidence_evidencetile
    ADD CONSTRAINT evidence_tile_whole_hashes
        CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE FUNCTION evidence_leaf_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.id, NEW.shard_key, NEW.kind, NEW.subject, NEW.leaf_data, NEW.leaf_hash, NEW.recorded_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.shard_key, OLD.kind, OLD.subject, OLD.leaf_data, OLD.leaf_hash, OLD.recorded_at)
       AND (NEW.leaf_index IS NOT DISTINCT FROM OLD.leaf_index OR OLD.leaf_index IS NULL)
       AND (NEW.opening IS NOT DISTINCT FROM OLD.opening OR NEW.opening IS NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'evidence leaves are append-only (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION evidence_tile_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.level, NEW.number) = (OLD.id, OLD.level, OLD.number)
       AND substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) = OLD.hashes
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'evidence tiles only grow at their end (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION evidence_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only (% refused)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER evidence_leaf_only_grows BEFORE UPDATE OR DELETE ON evidence_evidenceleaf
    FOR EACH ROW EXECUTE FUNCTION evidence_leaf_only_grows();
CREATE TRIGGER evidence_tile_only_grows BEFORE UPDATE OR DELETE ON evidence_evidencetile
    FOR EACH ROW EXECUTE FUNCTION evidence_tile_only_grows();
CREATE TRIGGER evidence_checkpoint_never_changes BEFORE UPDATE OR DELETE ON evidence_evidencecheckpoint
    FOR EACH ROW EXECUTE FUNCTION evidence_never_changes();
CREATE TRIGGER evidence_log_never_changes BEFORE UPDATE OR DELETE ON evidence_evidencelog
    FOR EACH ROW EXECUTE FUNCTION evidence_never_changes();
CREATE TRIGGER evidence_leaf_never_emptied BEFORE TRUNCATE ON evidence_evidenceleaf
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_never_changes();
CREATE TRIGGER evidence_tile_never_emptied BEFORE TRUNCATE ON evidence_evidencetile
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_never_changes();
CREATE TRIGGER evidence_checkpoint_never_emptied BEFORE TRUNCATE ON evidence_evidencecheckpoint
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_never_changes();
CREATE TRIGGER evidence_log_never_emptied BEFORE TRUNCATE ON evidence_evidencelog
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_never_changes();
"""

REMOVE_GUARDS = """
DROP FUNCTION evidence_leaf_only_grows, evidence_tile_only_grows, evidence_never_changes CASCADE;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceCheckpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root_hash', models.BinaryField()),
                ('note', models.TextField()),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'ordering': [models.OrderBy(models.F('size'), descending=True)],
            },
        ),
        migrations.CreateModel(
            name='EvidenceLeaf',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('shard_key', models.SmallIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=120)),
                ('leaf_data', models.BinaryField()),
                ('leaf_hash', models.BinaryField()),
                ('opening', models.BinaryField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('leaf_index', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('leaf_index', None)), fields=['id'], name='evidence_leaf_waiting'), models.Index(fields=['subject', 'kind'], name='evidence_leaf_subject')],
                'constraints': [models.UniqueConstraint(fields=('leaf_index', 'shard_key'), name='evidence_leaf_place'), models.CheckConstraint(condition=models.Q(('leaf_index__gte', 0)), name='evidence_leaf_index_positive')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceLog',
            fields=[
                ('only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('origin', models.TextField()),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('only', True)), name='evidence_one_log')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceTile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('number', models.BigIntegerField()),
                ('hashes', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'number'), name='evidence_tile_place'), models.CheckConstraint(condition=models.Q(('level__gte', 0), ('level__lte', 7), ('number__gte', 0)), name='evidence_tile_in_range')],
            },
        ),
        migrations.RunSQL(GUARDS, REMOVE_GUARDS),
    ]
