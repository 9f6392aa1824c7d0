from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0004_sessions")]

    operations = [
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["person"], name="notice_unread"),
        ),
    ]
