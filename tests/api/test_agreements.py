"""Agreement through this door: alpha with what it rests on, and a null where there is none."""

from __future__ import annotations

from collections.abc import Callable

from tests.actions.steps import answer, open_for
from tests.api.conftest import Door
from tests.builders import make_proposition


def test_agreement_takes_no_parameter(editor: Door) -> None:
    assert editor.read("agreement/", queue="due").status_code == 400


def test_agreement_is_for_those_who_may_enter(door: Callable[[str], Door]) -> None:
    assert door("public").read("agreement/").status_code == 401
    assert door("judge").read("agreement/").status_code == 200


def test_alpha_comes_with_its_n_level_interval_and_reading(public: Door) -> None:
    for second in ("came_true", "mostly", "did_not"):
        round = open_for(make_proposition())
        answer(round, "came_true")
        answer(round, second)

    lines = public.read("agreement/").json()

    assert [(line["queue"], line["level"]) for line in lines] == [
        ("all", "nominal"),
        ("all", "ordinal"),
        ("editor", "nominal"),
        ("editor", "ordinal"),
    ]
    assert all((line["units"], line["ratings"]) == (3, 6) for line in lines)
    assert all(line["reading"] == "no_ranking" for line in lines)
    assert all(line["interval"][0] <= line["alpha"] <= line["interval"][1] for line in lines)


def test_two_judges_who_always_say_the_same_have_no_alpha(editor: Door) -> None:
    for _ in range(3):
        round = open_for(make_proposition())
        answer(round)
        answer(round)

    assert {line["alpha"] for line in editor.read("agreement/").json()} == {None}
    assert {line["reading"] for line in editor.read("agreement/").json()} == {"undefined"}
