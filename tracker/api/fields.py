"""Fields that several nouns share: probabilities, text, keys and names as the wire has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.domain.deadlines import Precision
from tracker.domain.ids import LARGEST_ID, id_in

MOST_DECIMALS = 3
MOST_ITEMS = 1000
SLUG = r"^[-a-zA-Z0-9_]+$"


@extend_schema_field(
    {"type": "number", "minimum": 0, "maximum": 1, "description": "At most three decimals."}
)
class Probability(serializers.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """A number from 0 to 1 with at most three decimals; stored in permille."""

    default_error_messages = {
        "not_a_number": "A probability is a number from 0 to 1.",
        "out_of_range": "A probability lies between 0 and 1.",
        "too_precise": "A probability has at most three decimals.",
    }

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("not_a_number")
        if not 0 <= data <= 1:
            self.fail("out_of_range")
        permille = Decimal(str(data)).scaleb(MOST_DECIMALS)
        if permille != permille.to_integral_value():
            self.fail("too_precise")
        return int(permille)

    def to_representation(self, value: int) -> float:
        return value / 1000


class Text(serializers.CharField):
    """Text as it was sent: spaces at its ends may belong to it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **options})

    def to_internal_value(self, data: Any) -> str:
        # A number is not text: accepting 7 for "7" would hide a client's mistake.
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Truth(serializers.BooleanField):
    """True or false, not a word or a number that may mean either."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


def whole(data: Any) -> Any:
    """Returns 7 for 7.0, which JSON takes for the same number, and all else as it is."""
    return int(data) if isinstance(data, float) and data.is_integer() else data


class Whole(serializers.IntegerField):
    """A whole number, not its digits in quotes."""

    def to_internal_value(self, data: Any) -> int:
        data = whole(data)
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return int(data)


class Slug(serializers.SlugField):
    """The name of a record in addresses."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, "required": False, **options})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


def optional_text(**options: Any) -> Text:
    """Text that may be left out or empty."""
    return Text(required=False, allow_blank=True, **options)


def key(**options: Any) -> Whole:
    """The id of a record."""
    return Whole(min_value=1, max_value=LARGEST_ID, **options)


def scale(least: int, most: int) -> Whole:
    """A rating, or null where none was given."""
    return Whole(min_value=least, max_value=most, required=False, allow_null=True)


class Several(serializers.ListField):
    """A list that goes to the action as a tuple."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": MOST_ITEMS, **options})

    def to_internal_value(self, data: Any) -> Any:
        return tuple(super().to_internal_value(data))


def chosen(noun: type[Model], column: str, **options: Any) -> serializers.ChoiceField:
    """One of the values that a column takes."""
    choices: Any = getattr(noun._meta.get_field(column), "choices", None)
    return serializers.ChoiceField(choices=choices, **options)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "integer", "minimum": 1, "maximum": LARGEST_ID},
            {"type": "string", "pattern": SLUG},
        ]
    }
)
class Known(serializers.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """A record named by its id or, where it has one, its slug; only what the sender may see."""

    default_error_messages = {
        "invalid": "Send an id or a slug.",
        "unknown": "There is no such record.",
    }

    def __init__(self, noun: type[Model], **options: Any) -> None:
        self.noun = noun
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Model:
        data = whole(data)
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("invalid")
        given = str(data)
        if not re.fullmatch(SLUG, given) or (isinstance(data, int) and data < 1):
            self.fail("invalid")
        found: Model | None = find(
            self.context["sight"].see(self.noun._default_manager.all()), given
        )
        if found is None:
            self.fail("unknown")
        return found

    def to_representation(self, value: Model) -> Any:
        return value.pk


def find(records: QuerySet[Any], given: str) -> Any:
    """Returns the record of this id, uuid or slug, or None."""
    question = address(records.model, given)
    return records.filter(**question).first() if question else None


def address(noun: type[Model], given: str) -> Mapping[str, Any]:
    """Returns the lookup for an id, a uuid or a slug; empty where it can be none of them."""
    pk = id_in(given)
    if pk is not None:
        return {"pk": pk}
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", given):
        return {"uuid": given}
    has_slug = any(field.name == "slug" for field in noun._meta.fields)
    return {"slug": given} if has_slug and re.fullmatch(SLUG, given) else {}


def span(first: date | None, last: date | None, precision: str) -> str:
    """Returns a date as exact as it is known, in the words in which it can be sent."""
    if last is None:
        return ""
    if precision == Precision.BEFORE:
        return f"on or before {last}"
    if precision == Precision.INTERVAL:
        return f"{first}/{last}"
    return str(last)[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)]
