"""The columns of the exports: an import knows each of them."""

from __future__ import annotations

from tracker.api.export_tables import CLAIM_FIELDS, TABLES
from tracker.domain.import_columns import CLAIMS


def test_an_import_takes_or_passes_over_every_column_of_our_claims() -> None:
    unknown = [
        name for name in CLAIM_FIELDS if name not in CLAIMS.columns and name not in CLAIMS.ignored
    ]

    assert unknown == []


def test_every_table_names_its_columns_once() -> None:
    assert [one.name for one in TABLES] == ["claims", "codes", "resolutions"]
    assert all(len(one.fields) > 5 for one in TABLES)
