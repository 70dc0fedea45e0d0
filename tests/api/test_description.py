"""The description as a whole: built once, with examples that are what they are examples of."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from tracker.api.description import description, operations


def plain() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(description(), default=str))
    return found


def test_the_description_is_built_once_and_says_what_is_there() -> None:
    found = description()

    assert found is description()
    assert found == SchemaGenerator().get_schema(request=None, public=True)


def test_every_example_has_the_shape_that_it_is_an_example_of() -> None:
    found = plain()
    shapes = found["components"]["schemas"]

    for name, example in found["components"]["examples"].items():
        shape = shapes["ProblemSchema" if name.isdigit() else name]
        whole = {**shape, "components": found["components"]}
        faults = [
            fault.message for fault in Draft202012Validator(whole).iter_errors(example["value"])
        ]
        assert not faults, (name, faults)


def test_every_operation_parameter_and_answer_is_told_in_words() -> None:
    found = plain()
    names = [operation["operationId"] for _, _, operation in operations(found)]

    assert len(names) == len(set(names))
    for method, path, operation in operations(found):
        assert operation["summary"] and operation["description"], (method, path)
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (method, path, parameter["name"])
        for answer in operation["responses"].values():
            assert answer["description"], (method, path)
