"""The columns: every field of the body that logs a claim, and nothing else."""

from __future__ import annotations

from typing import Any

from tracker.api.drafts import ClaimBody, Named
from tracker.domain.import_columns import CLAIMS, USUAL


def fields(body: Any, before: str = "") -> set[str]:
    """The dotted names of all fields of a body."""
    found: set[str] = set()
    for name, field in body.fields.items():
        path = f"{before}{name}"
        if isinstance(field, Named):
            found |= fields(field.body(), f"{path}.")
        elif hasattr(field, "fields"):
            found |= fields(field, f"{path}.")
        elif name == "probability":
            found |= {f"{path}.{bound}" for bound in ("low", "point", "high")}
        else:
            found.add(path)
    return found


def test_a_table_takes_every_field_that_logs_a_claim_and_its_uuid() -> None:
    assert set(CLAIMS.columns) == fields(ClaimBody()) | {"uuid"}


def test_the_usual_columns_are_columns() -> None:
    assert all(CLAIMS.column(name) for name in USUAL)
