from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("underwriting", "0007_closed_referrals")]

    operations = [
        migrations.RemoveConstraint("referraldecision", "referral_person_outcome"),
        migrations.AddConstraint(
            "referraldecision",
            models.CheckConstraint(
                condition=models.Q(outcome__in=("accept", "load", "exclude", "postpone", "declined_by_person")),
                name="referral_person_outcome",
            ),
        ),
    ]
