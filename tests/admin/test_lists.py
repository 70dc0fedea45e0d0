"""Lists: counted only so far, in constant queries."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import BooleanField, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff, make_world
from tracker.admin import lists
from tracker.admin.lists import CappedPaginator
from tracker.admin.navigation import sidebar
from tracker.models import Person

pytestmark = pytest.mark.django_db

# Lists that are pages of their own.
PAGES = {"codepattern"}


def changelist(noun: str, query: str = "") -> str:
    return reverse(f"admin:tracker_{noun}_changelist") + query


def test_no_more_is_counted_than_people_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNT_UP_TO", 2)
    for _ in range(2):
        builders.make_person()
    exact = CappedPaginator(Person.objects.order_by("pk"), 1)
    assert (exact.count, exact.capped) == (2, False)

    builders.make_person()
    builders.make_person()
    with CaptureQueriesContext(connection) as asked:
        capped = CappedPaginator(Person.objects.order_by("pk"), 1)
        assert (capped.count, capped.capped) == (2, True)

    assert "LIMIT 3" in asked[0]["sql"]


def test_a_list_says_that_there_are_more_than_it_counts(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "COUNT_UP_TO", 1)
    builders.make_person()
    builders.make_person()

    assert "more than" in editor.get(changelist("person")).content.decode()


def test_no_list_counts_a_whole_table(editor: Client) -> None:
    make_world()
    for model in admin.site._registry:
        if model._meta.model_name in PAGES or model._meta.app_label != "tracker":
            continue
        with CaptureQueriesContext(connection) as asked:
            editor.get(changelist(str(model._meta.model_name)))

        counts = [q["sql"] for q in asked if "COUNT(*)" in q["sql"]]
        assert all("LIMIT" in sql for sql in counts), model


def test_the_list_of_claims_takes_the_same_queries_for_any_number(editor: Client) -> None:
    builders.make_claim()
    editor.get(changelist("claim"))
    with CaptureQueriesContext(connection) as few:
        editor.get(changelist("claim"))

    for _ in range(5):
        builders.make_claim()
    with CaptureQueriesContext(connection) as more:
        editor.get(changelist("claim"))

    # session, user, roles, the capped count, the rows, what became of them
    assert len(few) == len(more) == 6


def test_a_list_is_called_what_the_side_bar_calls_it(client: Client) -> None:
    client.force_login(make_staff("admin"))
    groups = sidebar(client.get(reverse("admin:index")).wsgi_request)
    for item in [item for group in groups for item in group["items"]]:
        page = client.get(item["link"])
        if "cl" in (page.context or {}):
            assert page.context["title"].casefold() in (item["title"].casefold(), "tokens")


# --- the order of rows ---

# Tables that stay small whatever is logged, and what others keep in an order of their own.
OTHERS = {"procrastinatejob"}
SMALL = {"hedgeterm", "lexicon", "topic", "scorerun", "user", "token", "calendarfeed"}


def test_every_list_comes_in_the_order_of_an_index() -> None:
    """Sorting a million rows for fifty of them would take a second."""
    for model, page in admin.site._registry.items():
        if str(model._meta.model_name) in SMALL | PAGES:
            continue
        ordering = [str(order) for order in page.get_ordering(None) or ()]  # type: ignore[arg-type]  # ours look at no request
        indexed = [[str(field) for field in index.fields] for index in model._meta.indexes]
        by_name = {"person", "organisation"}  # whose index is one of an expression
        assert (
            ordering in (["-id"], ["-claim"])
            or ordering in indexed
            or str(model._meta.model_name) in by_name
        ), model


def looks_for_its_choices(model: type[Model], name: object) -> bool:
    """Whether Django would ask all rows which values there are."""
    if not isinstance(name, str) or "__" in name or model._meta.model_name in SMALL | OTHERS:
        return False
    field = model._meta.get_field(name)
    told = field.is_relation or getattr(field, "choices", None)
    return not told and not isinstance(field, BooleanField)


def test_no_filter_looks_for_its_choices_in_the_rows() -> None:
    found = [
        (model, name)
        for model, page in admin.site._registry.items()
        for name in page.list_filter
        if looks_for_its_choices(model, name)
    ]

    assert found == []
