"""Score items in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tracker.admin.scores import improvement_over


@pytest.mark.parametrize(
    ("base", "p", "y", "gained"), [(500, 500, 1, 0.0), (500, 800, 1, 0.21), (300, 800, 0, -0.55)]
)
def test_the_improvement_is_what_the_base_rate_would_have_lost(
    base: int, p: int, y: int, gained: float
) -> None:
    assert improvement_over(base, p, y) == pytest.approx(gained)


def test_an_item_says_what_it_rests_on(editor: Client) -> None:
    item = builders.make_score_item(base_rate=300, flagged=True, hindsight=True)

    page = editor.get(reverse("admin:tracker_scoreitem_change", args=[item.pk])).content.decode()

    for told in (
        "80\N{NO-BREAK SPACE}%",
        "0.040",
        "over 30\N{NO-BREAK SPACE}%",
        "possibility word",
        "coded after the outcome",
    ):
        assert told in page
