"""Further addresses of a source: each known once, how it is known, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import CODED, make_source
from tests.refusals import refused
from tracker.models import Address, Source

pytestmark = pytest.mark.django_db


def make_address(**fields: Any) -> Address:
    if "source" not in fields:
        fields["source"] = make_source()
    given = {"canonical_url": "https://paper.example/b", "origin": "person", "added_at": CODED}
    return Address.objects.create(**{**given, **fields})


REFUSED: dict[str, tuple[str, Callable[[], Any]]] = {
    "of two sources": (
        "tracker_address_canonical_url_key",
        lambda: [make_address(), make_address()],
    ),
    "empty": ("address_says_something", lambda: make_address(canonical_url="")),
    "of unknown origin": ("address_origin_known", lambda: make_address(origin="guess")),
    "deleted": ("address_never_deleted", lambda: make_address().delete()),
    "of the same identity": (
        "tracker_address_uuid_key",
        lambda: make_address(
            uuid=make_address(canonical_url="https://paper.example/c").uuid,
        ),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses_an_address_that_is(case: str) -> None:
    name, make = REFUSED[case]

    with refused(name):
        make()


def test_kin_are_all_records_of_one_page() -> None:
    standing, stranger = make_source(), make_source()
    first = make_source(merged_into=standing)
    second = make_source(merged_into=standing)

    for one in (standing, first, second):
        assert list(Source.objects.filter(pk=one.pk).kin()) == [standing, first, second]
    assert list(Source.objects.filter(pk=stranger.pk).kin()) == [stranger]
