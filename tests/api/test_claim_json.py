"""What PostgreSQL builds is the shape that the description promises, to the last field."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from rest_framework import serializers
from rest_framework.fields import Field

from tests.builders import (
    make_claim,
    make_organisation,
    make_proposition,
    make_quotation,
    make_resolution,
    make_snapshot,
    make_source,
    make_term,
    make_topic,
)
from tracker.api.claim_json import ClaimRead, projected
from tracker.models import Claim, Lexicon, Relay

pytestmark = pytest.mark.django_db
PYTHON: dict[type[Field[Any, Any, Any, Any]], type | tuple[type, ...]] = {
    serializers.IntegerField: int,
    serializers.PrimaryKeyRelatedField: int,
    serializers.BooleanField: bool,
    serializers.ChoiceField: str,
    serializers.CharField: str,
    serializers.DateField: str,
    serializers.DateTimeField: str,
    serializers.UUIDField: str,
}


def made(claim: Claim, **options: Any) -> dict[str, Any]:
    options = {"address": "http://testserver/api/v1/claims/", **options}
    rows = projected({claim.pk: options.pop("missing", ())}, **options)
    found: dict[str, Any] = orjson.loads(orjson.dumps(rows[0]))
    return found


def whole_claim() -> Claim:
    """A claim in which nothing is null and no list is empty."""
    lexicon = Lexicon.objects.create(version="whole", title="Whole")
    outlet = make_organisation()
    source = make_source(outlet=outlet)
    quotation = make_quotation(snapshot=make_snapshot(source=source), channel="tweet")
    Relay.objects.create(quotation=quotation, step=1, outlet=outlet, mode="paraphrase")
    proposition = make_proposition(
        topic=make_topic(), condition=make_proposition(), specificity=2, review_on="2026-07-01"
    )
    make_resolution(proposition=proposition, condition="met")
    earlier = make_claim()
    claim = make_claim(
        quotation=quotation,
        organisation=make_organisation(),
        person=earlier.person,
        proposition=proposition,
        hedge="likely",
        hedge_term=make_term(lexicon=lexicon),
        revises=earlier,
        distorts=earlier,
        state="merged",
        merged_into=earlier,
    )
    claim.further_quotations.add(make_quotation())
    return claim


def compare(shape: Field[Any, Any, Any, Any], value: Any, path: str = "claim") -> None:
    """Holds a value to its field, and every inner value to its own."""
    if isinstance(shape, serializers.ListSerializer | serializers.ListField):
        assert isinstance(value, list), path
        for number, item in enumerate(value):
            compare(shape.child, item, f"{path}.{number}")
    elif value is None:
        assert shape.allow_null, path
    elif isinstance(shape, serializers.BaseSerializer):
        assert set(value) == set(shape.fields), path
        for name, field in shape.fields.items():
            compare(field, value[name], f"{path}.{name}")
    elif isinstance(shape, serializers.ChoiceField):
        assert value in shape.choices or (value == "" and shape.allow_blank), path
    else:
        expected = next((PYTHON[kind] for kind in type(shape).__mro__ if kind in PYTHON), float)
        assert isinstance(value, expected), path


def test_a_whole_claim_has_the_shape_that_is_promised() -> None:
    claim = whole_claim()

    found = made(claim)

    compare(ClaimRead(), found)
    assert not [name for name, value in found.items() if value is None]
    assert found["hedge"]["point"] == 0.7
    assert found["resolution"]["y"] == 1


def test_a_bare_draft_has_the_shape_that_is_promised() -> None:
    claim = make_claim(frozen=False)

    found = made(claim, missing=("Say what kind of claim it is.",))

    compare(ClaimRead(), found)
    assert found["missing"] == ["Say what kind of claim it is."]
    for name in ("proposition", "hedge", "probability", "resolution", "frozen_at"):
        assert found[name] is None
    assert found["further_quotations"] == found["quotation"]["hops"] == []


def test_names_come_in_the_order_of_the_description() -> None:
    assert list(made(make_claim())) == list(ClaimRead().fields)


def test_the_given_order_of_ids_is_kept() -> None:
    ids = [make_claim().pk for _ in range(3)][::-1]

    rows = projected(dict.fromkeys(ids, ()), address="")

    assert [orjson.loads(orjson.dumps(row))["id"] for row in rows] == ids


def test_a_resolution_that_is_not_published_is_not_shown() -> None:
    claim = make_claim()
    make_resolution(proposition=claim.proposition, published=False)

    assert made(claim)["resolution"] is None


def test_words_that_look_like_json_or_sql_stay_words() -> None:
    words = "100 % “sure”\\ {} %s '--\n\u2028 🙂"
    claim = make_claim(hedge=words, note=words, role=words)

    found = made(claim)

    assert found["hedge"]["words"] == found["note"] == found["speaker"]["role"] == words
