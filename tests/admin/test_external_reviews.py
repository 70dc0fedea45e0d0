"""Reviews of others in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tests.external import make_review

pytestmark = pytest.mark.django_db
LIST = "admin:tracker_externalreview_changelist"


@pytest.mark.parametrize(("role", "seen"), [("judge", False), ("coder", True), ("editor", True)])
def test_reviews_of_others_are_shown_to_who_does_not_judge(role: str, seen: bool) -> None:
    client, review = Client(), make_review(label="Pure invention")
    client.force_login(make_staff(role))

    page = client.get(reverse(LIST))
    record = client.get(reverse("admin:tracker_externalreview_change", args=[review.pk]))

    assert ("Pure invention" in page.content.decode()) is seen
    assert record.status_code == (200 if seen else 404)
