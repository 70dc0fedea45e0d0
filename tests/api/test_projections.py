"""JSON that PostgreSQL builds: objects within objects, lists, nothing, and only what is wanted."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tracker.api.projections import ALL, Built, Wanted, built

pytestmark = pytest.mark.django_db
ROWS = "FROM unnest(%(ids)s::int[]) WITH ORDINALITY AS page(id, place) ORDER BY place"
SHELF = Built(
    {
        "id": "page.id",
        "owner": Built({"name": "'Ada'", "born": "1815"}, "WHERE page.id = 1"),
        "books": Built(
            {"title": "'Volume ' || n", "pages": "n * 100"},
            "FROM generate_series(1, page.id) n WHERE page.id < 3 ORDER BY n DESC",
            many=True,
        ),
    }
)


def shelves(*ids: int, wanted: Wanted = ALL) -> list[Any]:
    found: list[Any] = orjson.loads(orjson.dumps(built(SHELF, ROWS, {"ids": list(ids)}, wanted)))
    return found


def test_what_has_no_row_is_null_and_a_list_without_rows_is_empty() -> None:
    assert shelves(3) == [{"id": 3, "owner": None, "books": []}]


def test_objects_and_lists_come_in_the_order_of_their_rows() -> None:
    second, first = shelves(2, 1)

    assert first["owner"] == {"name": "Ada", "born": 1815}
    assert [book["title"] for book in second["books"]] == ["Volume 2", "Volume 1"]


def test_only_what_is_wanted_is_built() -> None:
    wanted: Wanted = {"owner": {"name": {}}, "books": {}}

    assert shelves(1, wanted=wanted) == [
        {"owner": {"name": "Ada"}, "books": [{"title": "Volume 1", "pages": 100}]}
    ]
    assert "born" not in SHELF.sql(wanted)
    assert "page.id AS" not in SHELF.sql(wanted)
