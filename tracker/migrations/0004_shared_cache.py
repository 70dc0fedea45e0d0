"""The table of the cache that all processes share; unlogged, for nothing in it need outlive a crash."""

from django.db import migrations

CACHE = """
    CREATE UNLOGGED TABLE tracker_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamptz NOT NULL
    );
    CREATE INDEX tracker_cache_expires ON tracker_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0003_custody_and_duties")]

    operations = [migrations.RunSQL(CACHE, "DROP TABLE tracker_cache")]
