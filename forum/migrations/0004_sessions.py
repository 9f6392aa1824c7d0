from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations


def end_unlisted_sessions(apps, schema_editor):
    """End the sessions that began before devices were written down: no list shows them, and nothing could end them.

    Sessions nobody is signed in with, which hold what a guest has typed, go on.
    """
    listed = apps.get_model("forum", "SignIn").objects.values("session_key")
    sessions = apps.get_model("sessions", "Session").objects.exclude(session_key__in=listed)
    store = SessionStore()
    unlisted = [it.pk for it in sessions.iterator() if "_auth_user_id" in store.decode(it.session_data)]
    for start in range(0, len(unlisted), 500):
        sessions.filter(pk__in=unlisted[start : start + 500]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("forum", "0003_accounts"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(end_unlisted_sessions, migrations.RunPython.noop)]
