"""What a page says of itself: it fills gaps, proposes the rest, and overwrites nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.capturing import PAGE, asked, bare, done
from tests.actions.steps import refused
from tests.builders import CODED, make_capture, make_organisation, make_source, make_user
from tests.intake.servers import Site
from tracker.actions.proposals import about, accept, newest, proposed
from tracker.domain import errors
from tracker.intake.documents import Reading
from tracker.models import Capture, Organisation, Source

pytestmark = pytest.mark.django_db

FOUND = {
    "title": "Siege ahead",
    "bylines": ["Ada Byline"],
    "published_on": "2016-04-11",
    "outlet": "The Daily Wire",
    "language": "ar",
    "address": "https://wire.example/9",
}


def filed() -> Source:
    return make_source(
        title="My title",
        outlet=make_organisation(name="Another paper", aliases=["AP"]),
        bylines=["Bo Byline"],
        published_on=date(2016, 4, 12),
    )


def captured(source: Source) -> Capture:
    return make_capture(source=source, status="ok", found=FOUND)


# --- what is kept ---


@pytest.mark.parametrize(
    ("mime", "day"),
    [("application/pdf", date(2016, 4, 11)), ("text/html", date(2031, 4, 11)), ("text/html", None)],
    ids=["the file date of a PDF", "the future", "none"],
)
def test_a_day_on_which_the_page_cannot_have_appeared_is_not_kept(
    mime: str, day: date | None
) -> None:
    assert about(Reading("A.", published_on=day), mime=mime, taken_at=CODED).published_on == ""


def test_what_the_page_says_is_kept_with_the_capture(site: Site) -> None:
    site.put("/", PAGE)

    ended = done(asked(site.url("/"), bare(url=site.url("/"), canonical_url="")))

    assert ended.found == {
        "title": "Siege ahead",
        "bylines": ["Ada Byline"],
        "published_on": "2016-04-11",
        "outlet": "The Daily Wire",
        "language": "en",
    }


def test_a_source_without_an_address_takes_that_of_the_page(site: Site) -> None:
    site.put("/a", PAGE)
    source = bare(url="", canonical_url="")

    done(asked(site.url("/a"), source))

    source.refresh_from_db()
    assert source.url == site.url("/a")
    assert source.canonical_url == f"https://127.0.0.1:{site.port}/a"


# --- what is proposed ---


def test_what_is_filed_is_not_overwritten_and_each_difference_is_named() -> None:
    source = filed()

    found = {one.field: (one.filed, one.page) for one in proposed(captured(source))}

    assert found == {
        "title": ("My title", "Siege ahead"),
        "bylines": (("Bo Byline",), ("Ada Byline",)),
        "published_on": ("2016-04-12", "2016-04-11"),
        "outlet": ("Another paper", "The Daily Wire"),
        "language": ("en", "ar"),
        "address": (source.canonical_url, "https://wire.example/9"),
    }


def test_a_merged_sources_page_is_compared_with_what_stands() -> None:
    standing = make_source(title="Siege ahead")
    capture = make_capture(
        source=make_source(merged_into=standing), status="ok", found={"title": "Siege ahead"}
    )

    assert proposed(capture) == ()


def test_a_source_that_was_never_captured_has_nothing_proposed() -> None:
    source = filed()
    with refused(errors.NotFound):
        newest(source)

    kept = captured(source)
    make_capture(source=source, status="failed")
    assert newest(source) == kept


# --- what is taken over ---


def test_a_coder_takes_nothing_over() -> None:
    coder, capture = make_user(), captured(filed())

    with refused(errors.NotPermitted):
        accept(by=coder, now=CODED, capture=capture, fields=["title"])


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ([], errors.RequiredField, "Name the fields"),
        (["note"], errors.UnknownValue, "on file: note."),
        (["title", "kind", "uuid"], errors.UnknownValue, "on file: kind, uuid."),
    ],
)
def test_what_the_page_does_not_say_is_not_taken_over(
    fields: list[str], error: type[errors.TrackerError], words: str
) -> None:
    source = filed()
    editor, capture = make_user(role="editor"), captured(source)

    with refused(error, field="fields") as refusal:
        accept(by=editor, now=CODED, capture=capture, fields=fields)

    assert words in refusal.value.message
    source.refresh_from_db()
    assert source.title == "My title"


def test_what_is_chosen_is_taken_over_and_the_rest_stays() -> None:
    source = filed()
    capture = captured(source)

    accept(
        by=make_user(role="editor"), now=CODED, capture=capture, fields=["published_on", "outlet"]
    )

    source.refresh_from_db()
    assert (source.published_on, source.title) == (date(2016, 4, 11), "My title")
    assert source.outlet == Organisation.objects.get(name="The Daily Wire")
    left = [one.field for one in proposed(Capture.objects.get(pk=capture.pk))]
    assert left == ["title", "bylines", "language", "address"]
    event = source.history_events.order_by("-pgh_id").first()
    reason = f"As the page says of itself, capture {capture.pk}."
    assert event.pgh_context.metadata["reason"] == reason


def test_everything_can_be_taken_over_at_once_with_a_reason() -> None:
    source = filed()

    accept(
        by=make_user(role="editor"),
        now=CODED,
        capture=captured(source),
        fields=list(FOUND),
        reason="The page is right.",
    )

    source.refresh_from_db()
    assert (source.title, source.bylines, source.language) == ("Siege ahead", ["Ada Byline"], "ar")
    assert source.addresses.get().canonical_url == "https://wire.example/9"
    assert not proposed(newest(source))


def test_an_address_that_is_anothers_is_not_taken_over_and_nothing_else_is() -> None:
    make_source(url=FOUND["address"], canonical_url=FOUND["address"])
    source = filed()
    editor, capture = make_user(role="editor"), captured(source)

    with refused(errors.AlreadyLogged, field="url"):
        accept(by=editor, now=CODED, capture=capture, fields=["title", "address"])

    source.refresh_from_db()
    assert source.title == "My title"
