"""What is quoted of a page: new pages are filed whole, known ones are compared with."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.actions.steps import quotation, refused, source
from tests.builders import CODED, TEXT, make_user
from tracker.actions.documents import QuotationDraft, SnapshotDraft, SourceDraft
from tracker.actions.pages import quote_page
from tracker.domain import errors
from tracker.models import Quotation, User

pytestmark = pytest.mark.django_db


def quoted(page: SourceDraft, *, by: User, **drafts: SnapshotDraft | QuotationDraft) -> Quotation:
    asked = {"text": SnapshotDraft(text=TEXT), "words": quotation(), **drafts}
    return quote_page(by=by, now=CODED, page=page, **asked)  # type: ignore[arg-type]  # one of each


@pytest.mark.parametrize("drafts", [{"text": SnapshotDraft(id=0)}, {"words": QuotationDraft(id=0)}])
def test_a_new_page_has_no_text_and_no_words_yet(
    drafts: dict[str, SnapshotDraft | QuotationDraft],
) -> None:
    coder = make_user()

    with refused(errors.NotFound), transaction.atomic():
        quoted(source(), by=coder, **drafts)


def test_words_of_a_new_page_take_a_statement_for_each_row(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    coder, page = make_user(), source()

    with django_assert_num_queries(4):  # whether it is known, the page, its text, the words
        found = quoted(page, by=coder)

    assert found.snapshot.source.title == page.title
    assert not found.anchorings.exists()


def test_words_of_a_known_page_are_compared_with_its_other_captures() -> None:
    coder, page = make_user(), source()
    first = quoted(page, by=coder)

    again = quoted(page, by=coder, text=SnapshotDraft(text=f"Updated. {TEXT}"))

    assert again.snapshot.source == first.snapshot.source
    assert again.snapshot != first.snapshot
    assert [first.anchorings.count(), again.anchorings.count()] == [1, 1]
