"""Who reads it: the page of all changes, newest first."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0015_failures"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX history_by_time ON pghistory_context (created_at DESC)",
            "DROP INDEX history_by_time",
        ),
    ]
