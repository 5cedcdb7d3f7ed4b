from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0010_ended_by_claim")]
    operations = [
        migrations.AddIndex(
            model_name="policy",
            index=models.Index(condition=models.Q(("partner_id", None)), fields=["number"], name="policy_by_number"),
        ),
    ]
