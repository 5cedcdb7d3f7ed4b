"""Whether the claimant said that a notice is of another event than the open claim beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_money_goes_forward")]

    operations = [
        migrations.AddField(
            model_name="claim", name="another_event", field=models.BooleanField(default=False, db_default=False)
        ),
    ]
