"""The description as a whole: built once, the same for everybody."""

from __future__ import annotations

from drf_spectacular.generators import SchemaGenerator

from tracker.api.description import description


def test_the_description_is_built_once_and_says_what_is_there() -> None:
    found = description()

    assert found is description()
    assert found == SchemaGenerator().get_schema(request=None, public=True)
