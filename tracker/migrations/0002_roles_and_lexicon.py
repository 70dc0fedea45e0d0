"""The four roles as groups, and lexicon 1.0, which every installation shares."""

import csv
import uuid
from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

ROLES = ["coder", "judge", "editor", "admin"]
VERSION = "1.0"
TABLE = Path(__file__).resolve().parent.parent / "data" / "hedges.csv"
NAMESPACE = uuid.UUID("6d7a1f52-6c0e-5a63-9f0a-3f5d0c1b2a10")
KINDS = [
    ("published_raw_weak", "published_raw_weak"),
    ("published_raw", "published_raw"),
    ("published_standard_range", "published_standard_range"),
    ("interpolation (published rule", "rule"),
    ("interpolation", "interpolation"),
]


def make_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.get_or_create(name=role)


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


def load_lexicon(apps, schema_editor):
    lexicons = apps.get_model("tracker", "Lexicon").objects
    if lexicons.filter(version=VERSION).exists():
        return  # this migration went back and comes again: what is frozen has stayed
    lexicon = lexicons.create(
        uuid=uuid.uuid5(NAMESPACE, f"lexicon {VERSION}"),
        version=VERSION,
        title="What hedge words mean to readers",
        source="Each term names its own; kinds are never merged.",
    )
    with TABLE.open(encoding="utf-8", newline="") as table:
        terms = [term(apps, lexicon, row) for row in csv.DictReader(table)]
    apps.get_model("tracker", "HedgeTerm").objects.bulk_create(terms)
    lexicon.frozen_at = datetime(2026, 11, 22, tzinfo=UTC)
    lexicon.save(update_fields=["frozen_at"])


def term(apps, lexicon, row):
    """One line of the table; percentages become permille."""
    return apps.get_model("tracker", "HedgeTerm")(
        uuid=uuid.uuid5(NAMESPACE, f"{VERSION} {row['phrase']}"),
        lexicon=lexicon,
        phrase=row["phrase"],
        low=round(float(row["low"]) * 10),
        point=round(float(row["point"]) * 10),
        high=round(float(row["high"]) * 10),
        score_p=round(float(row["score_p"]) * 1000),
        score_sd=float(row["score_sd"]),
        respondents=int(float(row["n_respondents"])) if row["n_respondents"] else None,
        source=row["source"],
        licence=row["licence_note"],
        kind=row["kind"],
        kind_code=next(code for start, code in KINDS if row["kind"].startswith(start)),
        base_phrase=row["base_phrase"],
        mode=row["default_mode"],
        note=row["note"],
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(make_roles, drop_roles),
        # A frozen lexicon is never deleted, so there is nothing to take back here: going back to
        # nothing drops its tables.
        migrations.RunPython(load_lexicon, migrations.RunPython.noop),
    ]
