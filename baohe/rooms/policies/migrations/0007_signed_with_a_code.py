"""A signature names the bytes of the file, the words agreed to, the code and the device."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_beneficiary_changes")]

    operations = [
        migrations.AddField("proposalsignature", "document_sha256", models.CharField(default="", max_length=64)),
        migrations.AddField("proposalsignature", "strokes_sha256", models.CharField(default="", max_length=64)),
        migrations.AddField("proposalsignature", "consent", models.TextField(default="")),
        migrations.AddField("proposalsignature", "consent_sha256", models.CharField(default="", max_length=64)),
        migrations.AddField("proposalsignature", "code_id", models.UUIDField(null=True)),
        migrations.AddField("proposalsignature", "device", models.CharField(default="", max_length=80)),
        migrations.AddField("proposalsignature", "device_key", models.CharField(default="", max_length=300)),
        migrations.AddField("proposalsignature", "device_signature", models.CharField(default="", max_length=100)),
        migrations.AddConstraint(
            "proposalsignature",
            models.UniqueConstraint(fields=("code_id", "shard_key"), name="signature_once_per_code"),
        ),
    ]
