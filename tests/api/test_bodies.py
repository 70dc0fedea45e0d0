"""Bodies are read by forms that are kept, and that keep nothing of what they have read."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from tracker.api.bodies import Body, Change
from tracker.api.fields import Text


class Echo(serializers.CharField):
    """Says what the context says."""

    def to_internal_value(self, data: Any) -> Any:
        return f"{data} {self.context.get('said', 'nothing')}"


class Inner(Body):
    word = Echo()


class Outer(Body):
    name = Text()
    inner = Inner(required=False)


class Correction(Change):
    name = Text()


def test_a_field_that_the_body_does_not_name_is_refused_by_name() -> None:
    with pytest.raises(ValidationError) as refused:
        Outer.read({"name": "Ada", "nmae": "Ada"})

    assert refused.value.get_codes() == {"nmae": "unknown_field"}


@pytest.mark.parametrize("sent", [None, [], "Ada", 7], ids=["null", "a list", "text", "a number"])
def test_what_is_no_object_is_refused(sent: Any) -> None:
    with pytest.raises(ValidationError):
        Outer.read(sent)


def test_a_form_keeps_nothing_of_the_body_before() -> None:
    assert Outer.read({"name": "Ada", "inner": {"word": "a"}}, {"said": "first"}) == {
        "name": "Ada",
        "inner": {"word": "a first"},
    }
    with pytest.raises(ValidationError):
        Outer.read({})
    assert Outer.read({"name": "Grace"}) == {"name": "Grace"}
    assert Outer.read({"name": "Grace", "inner": {"word": "b"}})["inner"] == {"word": "b nothing"}


def test_a_change_takes_what_is_sent_and_asks_for_nothing_else() -> None:
    assert Correction.read({"reason": "A slip."}) == {"reason": "A slip."}
    assert Correction.read({}) == {}


def test_two_threads_read_at_once_each_with_what_is_theirs() -> None:
    found: dict[str, set[str]] = {"one": set(), "two": set()}

    def read(said: str) -> None:
        for _ in range(500):
            found[said].add(Inner.read({"word": "w"}, {"said": said})["word"])

    threads = [Thread(target=read, args=(said,)) for said in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {"one": {"w one"}, "two": {"w two"}}
