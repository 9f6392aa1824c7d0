from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0012_writing")]

    operations = [
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["board", "state", "-opened_at", "-id"], name="proposal_newest_in_state"),
        ),
    ]
