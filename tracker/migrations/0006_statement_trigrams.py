"""Finds propositions that say the same by the trigrams of their statements."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracker", "0005_links_that_stay")]

    operations = [
        migrations.AddIndex(
            model_name="proposition",
            index=GinIndex(
                fields=["statement"], name="proposition_statement_trgm", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
