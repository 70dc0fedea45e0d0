"""Citation files are filed whole or not at all, and filed twice they change nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.actions.steps import at_once
from tests.builders import make_organisation, make_source, make_user
from tracker.actions.citations import Filed, file_citations
from tracker.domain.citations import Issued, Reference
from tracker.domain.errors import AmbiguousName, BadAddress, NotPermitted, RequiredField
from tracker.models import Organisation, Source

pytestmark = pytest.mark.django_db

URL = "https://example.org/a"


def cited(**changes: Any) -> Reference:
    return Reference.of(
        **{"key": "k", "kind": "article-newspaper", "title": "On Aleppo", **changes}
    )


def test_a_judge_files_nothing() -> None:
    with pytest.raises(NotPermitted):
        file_citations(by=make_user(role="judge"), references=[cited(url=URL)])

    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "refusal", "field"),
    [
        (cited(title=""), RequiredField, "1.title"),
        (cited(url="ftp://example.org/a"), BadAddress, "1.url"),
        (cited(outlet="The Paper"), AmbiguousName, "1.organisation"),
    ],
    ids=["no title", "no web page", "two outlets of a name"],
)
def test_one_entry_that_is_refused_keeps_all_from_being_filed(
    wrong: Reference, refusal: type[Exception], field: str
) -> None:
    for _ in range(2):
        make_organisation(name="The Paper")

    with pytest.raises(refusal, match=r"Entry 2 \(k\)") as refused:
        file_citations(by=make_user(), references=[cited(url=URL, outlet="New Herald"), wrong])

    assert getattr(refused.value, "field", "") == field
    assert not Source.objects.exists()
    assert not Organisation.objects.filter(name="New Herald").exists()


def test_an_entry_becomes_a_source_with_all_that_it_says() -> None:
    reference = cited(
        kind="report",
        authors=["Ada", "Bo"],
        outlet="Institute",
        issued=Issued(date(2016, 4, 11), "April"),
        url=URL,
        language="fr",
    )

    (filed,) = file_citations(by=make_user(), references=[reference])

    source = filed.source
    assert filed.new
    assert (source.kind, source.title, source.bylines) == ("report", "On Aleppo", ["Ada", "Bo"])
    assert (source.published_on, source.published_words) == (date(2016, 4, 11), "April")
    assert (source.canonical_url, source.language) == (URL, "fr")
    assert source.outlet is not None
    assert (source.outlet.name, source.outlet.kind) == ("Institute", "other")


def test_a_file_that_is_sent_again_changes_nothing() -> None:
    references = [cited(url=URL), cited(outlet="The Paper", issued=Issued(words="2016"))]
    user = make_user()
    first = file_citations(by=user, references=references)

    second = file_citations(by=user, references=references)

    assert [filed.new for filed in first] == [True, True]
    assert [filed.new for filed in second] == [False, False]
    assert [filed.source for filed in second] == [filed.source for filed in first]


def test_what_is_on_record_is_never_overwritten() -> None:
    known = make_source(title="As filed", url=URL, canonical_url=URL)

    (filed,) = file_citations(by=make_user(), references=[cited(url=f"{URL}?utm_source=x#top")])

    assert (filed.source, filed.new) == (known, False)
    known.refresh_from_db()
    assert known.title == "As filed"


def test_the_second_entry_of_a_source_recognises_the_first() -> None:
    filed = file_citations(by=make_user(), references=[cited(url=URL), cited(url=f"{URL}/")])

    assert [entry.new for entry in filed] == [True, False]
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"title": "On Homs"},
        {"issued": Issued(words="2017")},
        {"issued": Issued()},
        {"outlet": "The Wire"},
        {"outlet": ""},
    ],
    ids=["title", "date", "no date", "outlet", "no outlet"],
)
def test_without_an_address_title_date_and_outlet_must_all_be_the_same(
    other: dict[str, Any],
) -> None:
    same = {"outlet": "The Paper", "issued": Issued(words="2016")}
    file_citations(by=make_user(), references=[cited(**same)])

    (filed,) = file_citations(by=make_user(), references=[cited(**{**same, **other})])

    assert filed.new


def test_without_an_address_an_outlet_goes_by_any_of_its_names() -> None:
    outlet = make_organisation(name="The Paper", aliases=["Paper"])
    known = make_source(title="On Aleppo", outlet=outlet, published_on=date(2016, 4, 11))

    (filed,) = file_citations(
        by=make_user(), references=[cited(outlet="paper", issued=Issued(date(2016, 4, 11)))]
    )

    assert filed.source == known


def test_a_file_that_is_sent_twice_at_once_is_filed_once(committed: None) -> None:
    user = make_user()
    references = [cited(), cited(url=URL), cited(issued=Issued(words="2016"))]

    def send() -> tuple[Filed, ...]:
        return file_citations(by=user, references=references)

    first, second = at_once(send, send)

    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert [filed.source for filed in first] == [filed.source for filed in second]
    assert Source.objects.count() == 3
