"""The page of agreement: one table, in words."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.actions.steps import answer, open_for
from tests.builders import make_proposition

PAGE = "admin:tracker_codepattern_changelist"


def test_without_codes_the_page_says_what_it_takes(coder: Client) -> None:
    assert "two people who coded the same thing" in coder.get(reverse(PAGE)).content.decode()


def test_each_queue_has_its_line_and_says_what_it_permits(coder: Client) -> None:
    for second in ("came_true", "did_not"):
        round = open_for(make_proposition(), reason="due")
        answer(round, "came_true")
        answer(round, second)

    page = coder.get(reverse(PAGE)).content.decode()

    assert "4 codes of 2 units" in page
    assert "Too low for any ranking" in page
    assert page.count("<tr>") == 1 + 4
