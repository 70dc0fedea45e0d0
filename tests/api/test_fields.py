"""Shared fields: probabilities lose nothing on the wire, dates say how exact they are."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from tests.api.conftest import Door
from tests.builders import make_organisation, make_person, make_topic
from tracker.api.fields import Probability, Slug, Text, Truth, Whole, find, span
from tracker.domain.deadlines import Precision, date_span
from tracker.models import Person

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31))


@given(st.integers(0, 1000))
def test_every_permille_survives_the_wire(permille: int) -> None:
    field = Probability()

    assert field.to_internal_value(json.loads(json.dumps(permille / 1000))) == permille
    assert field.to_representation(permille) == permille / 1000


@given(
    st.one_of(
        st.floats(min_value=1, exclude_min=True),
        st.floats(max_value=0, exclude_max=True),
        st.integers(min_value=2),
        st.booleans(),
        st.text(),
        st.none(),
    )
)
def test_what_is_no_probability_is_refused(data: object) -> None:
    with pytest.raises(ValidationError):
        Probability().to_internal_value(data)


@given(st.integers(1, 9_999).filter(lambda n: n % 10))
def test_a_fourth_decimal_is_refused(n: int) -> None:
    with pytest.raises(ValidationError):
        Probability().to_internal_value(n / 10_000)


@pytest.mark.parametrize(
    ("field", "data"),
    [
        (Truth(), 1),
        (Truth(), "true"),
        (Whole(), "1"),
        (Whole(), True),
        (Whole(), 1.5),
        (Slug(), 7),
        (Text(), 7),
    ],
    ids=lambda value: repr(value).partition("(")[0],
)
def test_a_value_of_another_type_is_refused_not_converted(field: Any, data: object) -> None:
    with pytest.raises(ValidationError):
        field.run_validation(data)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert Whole().run_validation(7.0) == 7


@given(days, st.sampled_from(Precision))
def test_a_date_as_shown_is_the_date_as_sent(day: date, precision: Precision) -> None:
    said = {
        Precision.DAY: f"{day}",
        Precision.MONTH: f"{day:%Y-%m}",
        Precision.YEAR: f"{day:%Y}",
        Precision.INTERVAL: f"{day}/{date(2999, 12, 31)}",
        Precision.BEFORE: f"on or before {day}",
    }[precision]

    found = date_span(said)

    assert span(found.first, found.last, found.precision) == said


def test_a_date_that_is_not_known_is_empty() -> None:
    assert span(None, None, Precision.DAY) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given_", ["0", "-1", "01x", "", "9" * 40, "٣", "no-such-slug", "a b", "\0", "None"]
)
def test_what_names_no_record_finds_none(given_: str) -> None:
    make_person()

    assert find(Person.objects.all(), given_) is None


@pytest.mark.django_db
def test_a_record_is_found_by_id_uuid_and_slug() -> None:
    person = make_person()

    for name in (str(person.pk), str(person.uuid), person.slug):
        assert find(Person.objects.all(), name) == person


@pytest.mark.parametrize("sent", ["slug", "id"])
def test_a_record_is_named_by_slug_or_id_in_a_body(coder: Door, sent: str) -> None:
    topic = make_topic()
    parent = topic.slug if sent == "slug" else topic.pk

    answer = coder.send("topics/", {"name": "Narrower", "parent": parent})

    assert answer.json()["parent"]["id"] == topic.pk


@pytest.mark.parametrize(
    ("sent", "status"),
    [("nobody", 422), (999_999, 422), (True, 400), (1.5, 400), ({}, 400), ("\0", 400), (-1, 400)],
)
def test_a_record_that_is_not_there_is_refused_by_field(
    coder: Door, sent: object, status: int
) -> None:
    organisation = {"name": "Institute", "parent": sent}

    answer = coder.send("organisations/", organisation)

    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == "parent"


def test_an_organisation_cannot_be_its_own_parent(editor: Door) -> None:
    organisation = make_organisation()

    answer = editor.change(f"organisations/{organisation.pk}/", {"parent": organisation.pk})

    assert answer.status_code == 409
