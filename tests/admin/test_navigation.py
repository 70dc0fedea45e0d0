"""The side bar."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.admin.world import make_staff
from tracker.admin.navigation import sidebar

pytestmark = pytest.mark.django_db

WORK = ["Log", "Judge", "Publish", "Scores", "Reference"]


@pytest.mark.parametrize(
    ("role", "groups"),
    [("", []), ("judge", WORK), ("coder", WORK), ("admin", [*WORK, "Operations"])],
    ids=["no role", "judge", "coder", "admin"],
)
def test_groups_follow_the_work(role: str, groups: list[str]) -> None:
    request = RequestFactory().get(reverse("admin:index"))
    request.user = make_staff(role)

    assert [group["title"] for group in sidebar(request) if group["title"]] == groups


@pytest.mark.parametrize(("role", "offered"), [("judge", False), ("coder", True)])
def test_only_who_may_log_is_offered_the_form(role: str, offered: bool) -> None:
    request = RequestFactory().get(reverse("admin:index"))
    request.user = make_staff(role)

    titles = [item["title"] for item in sidebar(request)[0]["items"]]

    assert ("Log a claim" in titles) is offered


def test_the_entry_of_the_page_at_hand_is_marked() -> None:
    request = RequestFactory().get(reverse("admin:tracker_claim_add"))
    request.user = make_staff("coder")

    active = [i["title"] for group in sidebar(request) for i in group["items"] if i["active"]]

    assert active == ["Log a claim"]
