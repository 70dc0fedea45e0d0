"""Lists are read page by page, each row exactly once, in both directions."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    SAID,
    make_claim,
    make_person,
    make_proposition,
    make_quotation,
    make_user,
)
from tracker.api import pages
from tracker.models import Claim, Person

ROWS = 1_500


@pytest.fixture
def said_on_one_day(db: None) -> list[int]:
    """Ids of more claims of one day than any page, newest first."""
    coder, person = make_user(), make_person()
    quotation, proposition = make_quotation(), make_proposition()
    first = make_claim(
        frozen=False, coder=coder, person=person, quotation=quotation, proposition=proposition
    )
    fields = {
        f.attname: getattr(first, f.attname)
        for f in Claim._meta.concrete_fields
        if f.name not in ("id", "uuid")
    }
    Claim.objects.bulk_create([Claim(**fields) for _ in range(ROWS - 1)])
    return list(Claim.objects.order_by("-id").values_list("pk", flat=True))


def walk(door: Door, address: str | None, way: str) -> list[list[int]]:
    pages = []
    while address:
        page = door.get(address).json()
        pages.append([row["id"] for row in page["results"]])
        address = page[way]
    return pages


def test_1500_claims_of_one_day_are_read_once_each_in_both_directions(
    coder: Door, said_on_one_day: list[int]
) -> None:
    forwards = walk(coder, "/api/v1/claims/?limit=200", "next")
    last = coder.get(_address_of_last(coder)).json()
    backwards = walk(coder, last["previous"], "previous")

    assert list(chain.from_iterable(forwards)) == said_on_one_day
    seen = [*chain.from_iterable(backwards[::-1]), *(row["id"] for row in last["results"])]
    assert seen == said_on_one_day
    assert len(forwards) == 8


def _address_of_last(door: Door) -> str:
    address = "/api/v1/claims/?limit=200"
    while (page := door.get(address).json())["next"]:
        address = page["next"]
    return address


def test_a_new_claim_does_not_shift_the_page_that_follows(coder: Door) -> None:
    for _ in range(4):
        make_claim(said_on=SAID)
    first = coder.read("claims/", limit=2).json()
    make_claim(said_on=SAID)

    second = coder.get(first["next"]).json()

    seen = [row["id"] for page in (first, second) for row in page["results"]]
    assert seen == sorted(seen, reverse=True)
    assert second["next"] is None


def test_the_first_page_has_no_previous_and_links_stand_in_the_header(coder: Door) -> None:
    for name in ("Zoe", "anna", "Bo"):
        make_person(name=name)

    answer = coder.read("people/", limit=2)

    page = answer.json()
    assert [row["name"] for row in page["results"]] == ["anna", "Bo"]
    assert page["previous"] is None
    assert answer["Link"] == f'<{page["next"]}>; rel="next"'
    assert walk(coder, page["next"], "next") == [[Person.objects.get(name="Zoe").pk]]
    assert coder.get(page["next"]).json()["next"] is None


def test_a_list_without_rows_has_no_neighbours(coder: Door) -> None:
    answer = coder.read("replies/")

    assert answer.json() == {"results": [], "next": None, "previous": None}
    assert "Link" not in answer


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1.5", "", "9" * 30, "١"])
def test_a_limit_outside_1_to_200_is_refused(coder: Door, limit: str) -> None:
    answer = coder.read("claims/", limit=limit)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "limit"


@pytest.mark.parametrize(
    ("spoil", "status", "code"),
    [
        (lambda cursor: cursor[:-1], 400, "invalid"),
        (lambda cursor: "W" + cursor, 422, "bad_cursor"),
        (lambda cursor: "", 400, "empty_parameter"),
        (lambda cursor: "\0", 400, "invalid"),
        (lambda cursor: "W10:x:y", 400, "invalid"),
        (lambda cursor: cursor.replace(":", "."), 400, "invalid"),
    ],
    ids=["cut", "lengthened", "empty", "nul", "made_up", "no_signature"],
)
def test_a_cursor_that_was_tampered_with_is_refused(
    coder: Door, spoil: Any, status: int, code: str
) -> None:
    for _ in range(2):
        make_person()
    cursor = coder.read("people/", limit=1).json()["next"].partition("cursor=")[2]
    cursor = cursor.partition("&")[0].replace("%3A", ":")

    answer = coder.read("people/", cursor=spoil(cursor))

    assert answer.status_code == status
    assert answer.json()["errors"][0]["code"] == code


def test_a_cursor_of_one_noun_opens_no_other(coder: Door) -> None:
    for _ in range(2):
        make_claim()
    cursor = coder.read("claims/", limit=1).json()["next"].partition("?")[2]

    answer = coder.get(f"/api/v1/people/?{cursor}")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("path", "order"),
    [
        ("claims", "said_on"),
        ("claims", "due"),
        ("claims", "-due"),
        ("claims", "coded_at"),
        ("claims", "-coded_at"),
        ("people", "-name"),
        ("propositions", "id"),
    ],
)
def test_every_order_is_total_and_loses_nobody(coder: Door, path: str, order: str) -> None:
    for number in range(3):
        make_claim(proposition=make_proposition(deadline=None if number else SAID))
        make_claim(frozen=False, proposition=None)

    forth = walk(coder, f"/api/v1/{path}/?limit=2&order={order}", "next")
    turned = order[1:] if order.startswith("-") else f"-{order}"
    back = walk(coder, f"/api/v1/{path}/?limit=2&order={turned}", "next")

    seen = list(chain.from_iterable(forth))
    assert len(seen) == len(set(seen)) >= 3
    assert seen == [*chain.from_iterable(back)][::-1]


def test_claims_without_a_deadline_come_last(coder: Door) -> None:
    late = make_claim(proposition=make_proposition(deadline=SAID.replace(year=2030)))
    none = make_claim(frozen=False, proposition=None)
    soon = make_claim(proposition=make_proposition(deadline=SAID))

    found = coder.read("claims/", order="due").json()["results"]

    assert [row["id"] for row in found] == [soon.pk, late.pk, none.pk]


@pytest.mark.parametrize(
    ("name", "value"), [("order", "nonsense"), ("order", ""), ("count", "yes"), ("order", "-id,x")]
)
def test_an_order_or_a_count_that_there_is_not_is_refused(
    coder: Door, name: str, value: str
) -> None:
    answer = coder.read("claims/", **{name: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == name


def test_a_cursor_of_one_order_opens_no_other(coder: Door) -> None:
    for _ in range(2):
        make_claim()
    cursor = coder.read("claims/", limit=1, order="due").json()["next"].partition("cursor=")[2]
    cursor = cursor.partition("&")[0]

    answer = coder.get(f"/api/v1/claims/?order=coded_at&cursor={cursor}")

    assert answer.status_code == 422


def test_counts_end_where_nobody_reads_on(
    coder: Door, said_on_one_day: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "count" not in coder.read("claims/", limit=1).json()
    exact = coder.read("claims/", limit=1, count="true").json()
    monkeypatch.setattr(pages, "COUNTED", 1_000)
    capped = coder.get(exact["next"]).json()

    assert exact["count"] == {"value": ROWS, "capped": False}
    assert capped["count"] == {"value": 1_000, "capped": True}
