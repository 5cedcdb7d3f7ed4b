"""Papers keep their template and profile; a proposal is kept as it was shown, and never changes."""

from django.db import migrations, models

GUARDS = """
ALTER TABLE documents_shownpaper ADD CONSTRAINT paper_shown_digest_length CHECK (octet_length(sha256) = 32);

CREATE FUNCTION documents_shown_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a paper that was shown never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER documents_shown_stays BEFORE UPDATE OR DELETE ON documents_shownpaper
    FOR EACH ROW EXECUTE FUNCTION documents_shown_stays();
CREATE TRIGGER documents_shown_not_emptied BEFORE TRUNCATE ON documents_shownpaper
    FOR EACH STATEMENT EXECUTE FUNCTION documents_shown_stays();
"""

REMOVE_GUARDS = "DROP FUNCTION documents_shown_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField("document", "template", models.CharField(default="", max_length=60)),
        migrations.AddField("document", "profile", models.CharField(default="ecdsa", max_length=12)),
        migrations.AddField("document", "stamped_at", models.DateTimeField(null=True)),
        migrations.AddField("document", "stamped_by", models.CharField(default="", max_length=200)),
        migrations.AddField("document", "detached", models.TextField(default="")),
        migrations.AddIndex(
            "document",
            models.Index(
                condition=models.Q(("state", "preparing")), fields=["created_at"], name="document_preparing"
            ),
        ),
        migrations.CreateModel(
            name="ShownPaper",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("shard_key", models.SmallIntegerField()),
                ("proposal_id", models.UUIDField()),
                ("content_digest", models.CharField(max_length=64)),
                ("template", models.CharField(max_length=60)),
                ("sha256", models.BinaryField(max_length=32)),
                ("size", models.IntegerField()),
                ("shown_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal_id", "sha256", "shard_key"), name="paper_shown_once"),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="paper_shown_has_bytes"),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, REMOVE_GUARDS),
    ]
