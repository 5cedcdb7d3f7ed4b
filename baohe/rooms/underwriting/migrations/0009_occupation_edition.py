from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0008_a_person_may_keep_a_postponement")]

    operations = [
        migrations.AddField("declaration", "occupation_edition", models.CharField(default="", max_length=20)),
    ]
