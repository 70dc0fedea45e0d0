"""Where a capture may go: the whole table, and nothing beyond it."""

from __future__ import annotations

from itertools import product

import pytest

from tracker.domain.captures import (
    ENDED,
    FAILURES,
    MOVES,
    UNDER_WAY,
    About,
    CaptureStatus,
    differences,
    moved,
)
from tracker.domain.errors import ForbiddenMove

PAIRS = list(product(CaptureStatus, CaptureStatus))


@pytest.mark.parametrize(
    ("status", "to"), [pair for pair in PAIRS if pair[1] not in MOVES[pair[0]]], ids=str
)
def test_a_move_that_the_table_lacks_is_refused(status: CaptureStatus, to: CaptureStatus) -> None:
    with pytest.raises(ForbiddenMove, match=f"{status} cannot become {to}"):
        moved(status, to)


@pytest.mark.parametrize(
    ("status", "to"), [pair for pair in PAIRS if pair[1] in MOVES[pair[0]]], ids=str
)
def test_a_move_of_the_table_is_made(status: CaptureStatus, to: CaptureStatus) -> None:
    assert moved(status.value, to) is to


def test_every_status_is_reached_from_the_queue() -> None:
    reached = {CaptureStatus.QUEUED}
    for _ in CaptureStatus:
        reached |= {to for status in reached for to in MOVES[status]}

    assert reached == set(CaptureStatus)


def test_what_was_captured_stays_and_what_failed_can_be_tried_again() -> None:
    assert set(MOVES[CaptureStatus.OK]) == {CaptureStatus.WITHDRAWN}
    assert all(CaptureStatus.QUEUED in MOVES[status] for status in FAILURES)
    assert set(CaptureStatus) == ENDED | UNDER_WAY
    assert not ENDED & UNDER_WAY


# --- what the page says of itself ---

FILED = About(
    title="Siege ahead",
    bylines=("Ada Byline", "Bo Byline"),
    published_on="2016-04-11",
    outlet="The Daily Wire",
    language="en",
    address="https://paper.example/a",
)


def named(found: About, **options: tuple[str, ...]) -> list[str]:
    return [one.field for one in differences(FILED, found, **options)]


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(About(), id="nothing said"),
        pytest.param(FILED, id="the same"),
        pytest.param(About(title="SIEGE  ahead"), id="capitals and spaces"),
        pytest.param(About(bylines=("Bo Byline", "ada byline")), id="another order"),
        pytest.param(About(language="en-GB"), id="a language said more exactly"),
    ],
)
def test_what_is_said_in_other_letters_is_no_difference(found: About) -> None:
    assert named(found) == []


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", "Siege behind"),
        ("bylines", ("Ada Byline",)),
        ("published_on", "2016-04-12"),
        ("outlet", "The Evening Wire"),
        ("language", "ar"),
        ("address", "https://paper.example/b"),
    ],
)
def test_a_field_that_the_page_says_otherwise_is_named(
    field: str, said: str | tuple[str, ...]
) -> None:
    (found,) = differences(FILED, About(**{field: said}))  # type: ignore[arg-type]  # by name

    assert (found.field, found.filed, found.page) == (field, getattr(FILED, field), said)


def test_an_alias_of_the_outlet_and_a_known_address_are_no_difference() -> None:
    found = About(outlet="Daily wire", address="https://paper.example/b")

    assert named(found) == ["outlet", "address"]
    assert not named(found, aliases=("Daily Wire",), addresses=("https://paper.example/b",))
