"""What a picture seems to be where it is another paper than was asked for; "" = as asked, or not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_clocks_and_desk")]

    operations = [
        migrations.AddField(
            model_name="claimpaper",
            name="seen_kind",
            field=models.CharField(default="", db_default="", max_length=20),
        ),
    ]
