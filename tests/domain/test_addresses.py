from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.addresses import (
    Archive,
    Archived,
    bare,
    canonical,
    is_front_page,
    same_site,
    unwrap_archive,
)
from tracker.domain.errors import BadAddress

PAGE = "https://example.com/news/aleppo-offensive-2016"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("mailto:desk@example.com", id="mailto"),
        pytest.param("ftp://example.com/x", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("example.com/news", id="no-scheme"),
        pytest.param("//example.com/news", id="scheme-relative"),
        pytest.param("https://", id="no-host"),
        pytest.param("https:///news", id="no-host-but-a-path"),
        pytest.param("https://user@/news", id="only-credentials"),
        pytest.param("https://exa mple.com/", id="blank-in-host"),
        pytest.param("https://example..com/", id="empty-label"),
        pytest.param("https://-/", id="hyphen-host"),
        pytest.param("https://ex%61mple.com/", id="encoded-host"),
        pytest.param("https://[::1/x", id="unclosed-bracket"),
        pytest.param("https://[::zz]/x", id="bad-ipv6"),
        pytest.param("https://example.com:99999/", id="port-too-high"),
        pytest.param("https://example.com:http/", id="port-in-words"),
        pytest.param("https://example.com/\0", id="nul"),
        pytest.param("https://example.com/a\nb", id="line-break"),
        pytest.param("https://evil.example\\@example.com/", id="backslash"),
        pytest.param("https://example.com/\ud800", id="lone-surrogate"),
        pytest.param("https://xn--\u0301.com/", id="bad-idna"),
        pytest.param("https://example.com/" + "a" * 2_000, id="too-long"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddress) as refusal:
        canonical(url)

    assert refusal.value.field == "url"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://example.com/news/aleppo-offensive-2016", id="canonical"),
        pytest.param("  https://example.com/news/aleppo-offensive-2016\n", id="blanks-around"),
        pytest.param("http://example.com/news/aleppo-offensive-2016", id="http"),
        pytest.param("HTTPS://EXAMPLE.COM/news/aleppo-offensive-2016", id="capitals"),
        pytest.param("https://www.example.com/news/aleppo-offensive-2016", id="www"),
        pytest.param("https://m.example.com/news/aleppo-offensive-2016", id="mobile"),
        pytest.param("https://amp.example.com/news/aleppo-offensive-2016", id="amp-host"),
        pytest.param("https://www.m.example.com/news/aleppo-offensive-2016", id="two-prefixes"),
        pytest.param("https://example.com./news/aleppo-offensive-2016", id="final-dot"),
        pytest.param("https://example.com:443/news/aleppo-offensive-2016", id="port-443"),
        pytest.param("http://example.com:80/news/aleppo-offensive-2016", id="port-80"),
        pytest.param("https://me:pw@example.com/news/aleppo-offensive-2016", id="credentials"),
        pytest.param(PAGE + "/", id="trailing-slash"),
        pytest.param(PAGE + "#comments", id="fragment"),
        pytest.param(PAGE + "?", id="empty-query"),
        pytest.param(PAGE + "?utm_source=x&utm_medium=y&fbclid=z", id="tracking"),
        pytest.param(PAGE + "?gclid=1&CMP=share", id="tracking-in-capitals"),
        pytest.param(PAGE + "?outputType=amp", id="amp-output"),
        pytest.param(PAGE + "?amp", id="amp-parameter"),
        pytest.param(PAGE + "/amp", id="amp-at-the-end"),
        pytest.param(PAGE + "/amp/", id="amp-and-slash"),
        pytest.param("https://example.com/amp/news/aleppo-offensive-2016", id="amp-in-front"),
        pytest.param(PAGE + ".amp", id="amp-ending"),
        pytest.param("https://example.com/x/../news/./aleppo-offensive-2016", id="dot-segments"),
        pytest.param("https://example.com/news/%61leppo%2Doffensive-2016", id="needless-escapes"),
        pytest.param(
            "https://www.google.com/amp/s/www.example.com/news/aleppo-offensive-2016/amp",
            id="google-amp",
        ),
        pytest.param(
            "https://example-com.cdn.ampproject.org/c/s/example.com/news/aleppo-offensive-2016",
            id="amp-cache",
        ),
    ],
)
def test_the_addresses_of_one_page_have_one_form(url: str) -> None:
    assert canonical(url) == PAGE


@pytest.mark.parametrize(
    ("url", "form"),
    [
        pytest.param("http://x.org", "https://x.org/", id="bare-host"),
        pytest.param(
            "https://en.m.wikipedia.org/wiki/Aleppo",
            "https://en.wikipedia.org/wiki/Aleppo",
            id="wikipedia",
        ),
        pytest.param("https://www.com/x", "https://www.com/x", id="www-as-the-name"),
        pytest.param("https://m.uk/x", "https://m.uk/x", id="m-as-the-name"),
        pytest.param("https://example.com:8443/x", "https://example.com:8443/x", id="other-port"),
        pytest.param("https://x.org/Case/X", "https://x.org/Case/X", id="path-capitals"),
        pytest.param("https://x.org/a//b", "https://x.org/a//b", id="doubled-slash"),
        pytest.param("https://x.org/x?b=2&a=1", "https://x.org/x?a=1&b=2", id="query-order"),
        pytest.param("https://x.org/x?a=2&a=1", "https://x.org/x?a=2&a=1", id="repeated-parameter"),
        pytest.param("https://x.org/x?id=7&utm_id=9", "https://x.org/x?id=7", id="kept-parameter"),
        pytest.param(
            "https://x.org/x?q=a%20b+c", "https://x.org/x?q=a%20b+c", id="blanks-in-query"
        ),
        pytest.param("https://x.org/a b", "https://x.org/a%20b", id="blank-in-path"),
        pytest.param("https://x.org/caf\u00e9", "https://x.org/caf%C3%A9", id="letters-encoded"),
        pytest.param(
            "https://x.org/caf%c3%a9", "https://x.org/caf%C3%A9", id="escapes-in-capitals"
        ),
        pytest.param("https://x.org/a%2fb", "https://x.org/a%2Fb", id="escaped-slash"),
        pytest.param("https://x.org/100%", "https://x.org/100%25", id="stray-percent"),
        pytest.param("https://B\u00dcCHER.example/", "https://xn--bcher-kva.example/", id="idna"),
        pytest.param(
            "https://stra\u00dfe.example/", "https://xn--strae-oqa.example/", id="idna-2008"
        ),
        pytest.param("https://x.org/x.amp.html", "https://x.org/x.html", id="amp-html"),
        pytest.param("https://x.org/amp", "https://x.org/amp", id="a-page-called-amp"),
        pytest.param("https://x.org/camp", "https://x.org/camp", id="camp"),
        pytest.param("http://[2001:DB8::0:1]/x", "https://[2001:db8::1]/x", id="ipv6"),
        pytest.param("https://192.0.2.7/x", "https://192.0.2.7/x", id="ipv4"),
        pytest.param("https://x.org/../../x", "https://x.org/x", id="above-the-root"),
    ],
)
def test_what_chooses_the_page_is_kept(url: str, form: str) -> None:
    assert canonical(url) == form


@given(
    st.from_regex(r"https?://(www\.|m\.)?[a-z]{1,5}\.(com|org)(:[0-9]{2,4})?", fullmatch=True),
    st.text(
        st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\\\x7f")
    ),
)
def test_the_canonical_form_is_its_own(origin: str, rest: str) -> None:
    form = canonical(f"{origin}/{rest[:60]}")

    assert canonical(form) == form
    assert form.isascii()
    assert "#" not in form


# --- archives ---


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://example.com/web/20160412000000/http://example.org/", id="other-host"),
        pytest.param("https://web.archive.org/", id="front-page"),
        pytest.param("https://archive.org/details/aleppo", id="a-collection"),
        pytest.param("https://archive.ph/", id="today-front-page"),
        pytest.param("https://perma.cc/", id="perma-front-page"),
    ],
)
def test_other_addresses_are_not_unwrapped(url: str) -> None:
    assert unwrap_archive(url) is None


def test_no_address_cannot_be_unwrapped() -> None:
    with pytest.raises(BadAddress):
        unwrap_archive("javascript:alert(1)")


WHEN = datetime(2016, 4, 12, 8, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rest", "original", "captured_at"),
    [
        pytest.param(
            "20160412081530/http://a.example/x?b=1", "http://a.example/x?b=1", WHEN, id="stamp"
        ),
        pytest.param("20160412081530id_/http://a.example/x", "http://a.example/x", WHEN, id="raw"),
        pytest.param(
            "20160412081530/https:/a.example/x", "https://a.example/x", WHEN, id="lost-slash"
        ),
        pytest.param("20160412081530/a.example/x", "http://a.example/x", WHEN, id="no-scheme"),
        pytest.param("2016/http://a.example/x", "http://a.example/x", None, id="only-a-year"),
        pytest.param(
            "20160412081599/http://a.example/x", "http://a.example/x", None, id="no-such-time"
        ),
        pytest.param("2016*/http://a.example/x", "http://a.example/x", None, id="year-listing"),
        pytest.param("*/http://a.example/x", "http://a.example/x", None, id="listing"),
        pytest.param("http://a.example/x", "http://a.example/x", None, id="newest"),
        pytest.param("20160412081530/javascript:alert(1)", None, WHEN, id="not-a-page"),
    ],
)
@pytest.mark.parametrize("front", ["https://web.archive.org/web/", "http://archive.org/web/"])
def test_wayback_links_name_page_and_time(
    front: str, rest: str, original: str | None, captured_at: datetime | None
) -> None:
    assert unwrap_archive(front + rest) == Archived(original, captured_at, Archive.WAYBACK)


@pytest.mark.parametrize(
    ("link", "original", "captured_at"),
    [
        pytest.param(
            "archive.today/20160412081530/https://a.example/x",
            "https://a.example/x",
            WHEN,
            id="digits",
        ),
        pytest.param(
            "archive.is/2016.04.12-081530/http://a.example/x?b=1",
            "http://a.example/x?b=1",
            WHEN,
            id="dotted",
        ),
        pytest.param(
            "archive.ph/newest/http://a.example/x", "http://a.example/x", None, id="newest"
        ),
        pytest.param("archive.ph/https://a.example/x", "https://a.example/x", None, id="bare"),
        pytest.param(
            "archive.li/o/AbC1d/https://a.example/x", "https://a.example/x", None, id="outward"
        ),
        pytest.param("archive.ph/AbC1d", None, None, id="short"),
    ],
)
def test_archive_today_links_name_what_they_hold(
    link: str, original: str | None, captured_at: datetime | None
) -> None:
    assert unwrap_archive(f"https://{link}") == Archived(
        original, captured_at, Archive.ARCHIVE_TODAY
    )


def test_perma_links_name_only_themselves() -> None:
    assert unwrap_archive("https://perma.cc/AB12-CD34") == Archived(None, None, Archive.PERMA)


# --- addresses as they are stored, and what a page says of its own ---


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://ada:pw@x.example/a", "https://x.example/a", id="credentials"),
        pytest.param("https://x.example/a?b=1#c", "https://x.example/a?b=1", id="fragment"),
        pytest.param(" HTTP://X.example:80/A/ ", "http://X.example:80/A/", id="else as found"),
        pytest.param("https://x.example/a@b", "https://x.example/a@b", id="an at in the path"),
    ],
)
def test_an_address_is_stored_without_what_is_one_readers_own(url: str, kept: str) -> None:
    assert bare(url) == kept


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param("http://www.paper.co.uk/b", True, id="another page"),
        pytest.param("https://sport.paper.co.uk/a", True, id="a section's host"),
        pytest.param("https://rival.co.uk/a", False, id="only the public suffix in common"),
        pytest.param("https://paper.com/a", False, id="another suffix"),
    ],
)
def test_a_site_is_what_somebody_has_registered(other: str, same: bool) -> None:
    assert same_site("https://paper.co.uk/a", other) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://ada.blogspot.com/", "https://bo.blogspot.com/", id="blogs"),
        pytest.param("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", id="ports of a machine"),
        pytest.param("https://a.test/", "https://b.a.test/", id="a name on no list"),
    ],
)
def test_neighbours_are_sites_of_their_own(one: str, other: str) -> None:
    assert not same_site(one, other)
    assert same_site(one, one)


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://x.example", True),
        ("https://www.x.example/?utm_source=a", True),
        ("https://x.example/?p=7", False),
        ("https://x.example/a", False),
    ],
)
def test_a_sites_first_page_is_told_from_its_articles(url: str, front: bool) -> None:
    assert is_front_page(url) is front
