"""The pages behind buttons, and the fields they are made of."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms

from tracker.admin.steps import line, permille, probability, refuse, wide
from tracker.domain.errors import CommentRequired


class NoteForm(forms.Form):
    note = line("Note", required=False)


@pytest.mark.parametrize(
    ("given", "kept"), [(None, None), (Decimal(0), 0), (Decimal("0.655"), 655), (Decimal(1), 1000)]
)
def test_a_probability_is_kept_in_permille(given: Decimal | None, kept: int | None) -> None:
    assert permille(given) == kept


@pytest.mark.parametrize("given", ["1.001", "-1", "0.1234", "half"])
def test_what_is_no_probability_is_refused(given: str) -> None:
    with pytest.raises(forms.ValidationError):
        probability("p").clean(given)


@pytest.mark.parametrize(
    ("field", "beside"),
    [("note", "note"), ("remark", "note"), ("claim", "__all__"), ("", "__all__")],
)
def test_a_refusal_stands_beside_its_field_or_above_the_form(field: str, beside: str) -> None:
    form = NoteForm({})
    assert form.is_valid()

    refuse(form, CommentRequired("Say why.", field=field), {"remark": "note"})

    assert form.errors == {beside: ["Say why."]}


def test_our_pages_set_the_width_of_their_fields() -> None:
    widget = wide(forms.TextInput({"class": "w-full max-w-2xl !max-w-2xl px-3"}))

    assert widget.attrs["class"] == "w-full px-3"
