"""Distortions in the workbench: recorded beside what was said, shown as a difference."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tests.distorting import SAID, SHARPENED, make_distortion, make_sharpened_quotation
from tracker.models import Distortion, Quotation

ADD = "admin:tracker_distortion_add"
DIFFERENCE = "<del>some of </del>the worst <del>this</del><ins>the</ins> war has seen"


def sent(quotation: Quotation, **fields: Any) -> dict[str, Any]:
    whole = {"quotation": quotation.pk, "snapshot": quotation.snapshot_id, "place": "headline"}
    return {**whole, "exact": SHARPENED, "note": "", **fields}


def page_for(coder: Client, quotation: Quotation, body: dict[str, Any] | None = None) -> Any:
    address = f"{reverse(ADD)}?quotation={quotation.pk}"
    return coder.get(address) if body is None else coder.post(address, body)


def test_judges_record_none(client: Client, db: None) -> None:
    client.force_login(make_staff("judge"))
    quotation = make_sharpened_quotation()

    assert page_for(client, quotation).status_code == 403
    assert page_for(client, quotation, sent(quotation)).status_code == 403


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"exact": "the worst ever"}, "exact"),
        ({"exact": SAID}, "exact"),
        ({"exact": ""}, "exact"),
        ({"snapshot": ""}, "snapshot"),
        ({"place": "margin"}, "place"),
        ({"quotation": ""}, "quotation"),
    ],
)
def test_an_error_stands_beside_its_field(
    coder: Client, fields: dict[str, Any], field: str
) -> None:
    quotation = make_sharpened_quotation()

    body = {**sent(quotation), "note": "half a thought", **fields}
    page = page_for(coder, quotation, body)

    assert list(page.context["form"].errors) == [field]
    assert "half a thought" in page.content.decode()
    assert not Distortion.objects.exists()


def test_the_form_shows_what_was_said_and_begins_with_its_own_text(coder: Client) -> None:
    quotation = make_sharpened_quotation()

    page = page_for(coder, quotation)

    assert f"<mark>{SAID}</mark>" in page.content.decode()
    assert page.context["form"].initial["snapshot"] == quotation.snapshot_id


def test_without_a_quotation_the_form_asks_for_one(coder: Client) -> None:
    page = coder.get(reverse(ADD))

    assert "Search by its words." in page.content.decode()


def test_the_nearest_words_are_taken_as_they_stand(coder: Client) -> None:
    quotation = make_sharpened_quotation()
    body = sent(quotation, exact="It might be the worst the war has seen")
    refused = page_for(coder, quotation, body)
    nearest = refused.context["nearest"]
    assert "<del>might</del><ins>could</ins>" in refused.content.decode()

    taken = {"nearest_exact": nearest.exact, "nearest_start": nearest.start, "_take": "_save"}
    page_for(coder, quotation, {**body, **taken})

    assert Distortion.objects.get().exact == "It could be the worst the war has seen"


def test_it_is_recorded_and_stands_on_the_page_of_the_claim(coder: Client) -> None:
    quotation = make_sharpened_quotation()
    claim = builders.make_claim(quotation=quotation)

    answer = page_for(coder, quotation, sent(quotation, note="“Some of” is gone."))

    assert answer.headers["Location"].endswith(f"/claim/{claim.pk}/change/")
    page = coder.get(answer.headers["Location"]).content.decode()
    assert DIFFERENCE in page
    assert "the headline" in page and "“Some of” is gone." in page


@pytest.mark.parametrize("noun", ["quotation", "distortion"])
def test_the_difference_stands_on_the_pages_of_both(coder: Client, noun: str) -> None:
    found = make_distortion()
    pk = found.quotation_id if noun == "quotation" else found.pk

    page = coder.get(reverse(f"admin:tracker_{noun}_change", args=[pk]))

    assert DIFFERENCE in page.content.decode()


def test_another_page_that_changed_the_words_is_named(coder: Client) -> None:
    outlet = builders.make_organisation(name="The Wire", kind="media")
    source = builders.make_source(outlet=outlet)
    elsewhere = builders.make_snapshot(text="The worst of all.", source=source)
    found = make_distortion(snapshot=elsewhere, exact="The worst of all", place="relay")

    page = coder.get(reverse("admin:tracker_quotation_change", args=[found.quotation_id]))

    assert "the relay in The Wire" in page.content.decode()


def test_the_list_is_searched_by_the_changed_words(coder: Client) -> None:
    make_distortion()
    listed = reverse("admin:tracker_distortion_changelist")

    assert SHARPENED in coder.get(listed, {"q": "worst"}).content.decode()
    assert SAID not in coder.get(listed, {"q": "best"}).content.decode()
