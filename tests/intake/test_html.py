"""The article of a page, passage by passage, and what the page says of itself."""

from datetime import date
from pathlib import Path

import pytest

from tracker.domain.quotes import locate
from tracker.intake.documents import BrokenDocument, NothingToRead
from tracker.intake.html import MOST_ATTRIBUTES, MOST_CHILDREN, MOST_ELEMENTS, read_html

ARTICLES = Path(__file__).parent / "articles"
SAID = "The river will rise by another metre before Friday, said Ada Berg at the old bridge."
URL = "https://harbour.test/2016/04/old-bridge?utm_source=post"


def article(name):
    return (ARTICLES / f"{name}.html").read_text()


def page(body, head=""):
    return f"<html><head><title>T</title>{head}</head><body><article><p>{SAID}</p>{body}"


def passages(body):
    return read_html(page(body), "").text.removeprefix(SAID).strip()


# --- refusals ---


@pytest.mark.parametrize("name", ["menus", "consent", "script_wall"])
def test_a_page_without_an_article_is_refused(name):
    with pytest.raises(NothingToRead):
        read_html(article(name), URL)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<html><body></body></html>", id="empty"),
        pytest.param("<!-- only a comment -->", id="comment"),
        pytest.param("<script>let a = 'A sentence that nobody is shown here.';</script>", id="js"),
        pytest.param("<html><body><img src=a.png alt='A picture.'></body></html>", id="picture"),
        pytest.param("<", id="half-a-tag"),
        pytest.param("\0\0\0", id="nul"),
    ],
)
def test_a_page_without_text_is_refused(markup):
    with pytest.raises(NothingToRead):
        read_html(markup, "")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 300 + SAID, id="nested-past-the-parser"),
        pytest.param("<div>" * 100_000 + SAID, id="nested-absurdly"),
        pytest.param("<blockquote>" * 3_000 + SAID, id="nested-quotes"),
        pytest.param("<p>" + "<b>a</b> b " * (MOST_CHILDREN + 1), id="too-many-children"),
        pytest.param("<div><p>a</p></div>" * MOST_ELEMENTS, id="too-many-elements"),
        pytest.param(
            "<p " + " ".join(f"a{n}=1" for n in range(MOST_ATTRIBUTES + 1)) + ">", id="attributes"
        ),
    ],
)
def test_a_page_built_to_break_its_reader_is_refused_whole(body):
    with pytest.raises(BrokenDocument):
        read_html(page(body), "")


# --- passages ---


def test_the_article_is_read_and_what_surrounds_it_is_not():
    text = read_html(article("flood"), URL).text

    assert text == (
        "Old bridge may close before Friday\n\n"
        "The river will probably rise by another metre before Friday, said Ada Berg, who has read "
        "the gauge at the old bridge every morning since 1994.\n\n"
        "It is some of the worst water this valley has seen.\n\n"
        "If the upper dam holds, I expect the market square to stay dry.\n\n"
        "Her deputy disagreed: Nobody can know that, he said,\n"
        "pointing at the dam.\n\n"
        "What the council plans\n\n"
        "The bridge closes once the gauge shows six metres.\n"
        "The school stays open, according to the mayor’s office.\n\n"
        "Day\tGauge\nSaturday\t4.1 m\nSunday\t4.9 m\n\n"
        "The café by the quay has carried its chairs upstairs, as it did in the spring of 2002."
    )


def test_words_of_a_block_quote_can_be_quoted():
    text = read_html(article("flood"), URL).text

    found = locate(text, "If the upper dam holds, I expect the market square to stay dry.")

    assert (found.prefix[-2:], found.suffix[:2]) == ("\n\n", "\n\n")


def test_a_short_post_is_an_article():
    text = read_html(article("post"), "").text

    assert text == "I expect the gauge to pass six metres before Friday morning."


def test_words_at_the_border_of_emphasis_keep_their_spacing():
    markup = "<html><body><p>I do expect <b>six</b> (<i>metres</i>), <a href=x>Berg</a>: by Friday."

    assert read_html(markup, "").text == "I do expect six (metres), Berg: by Friday."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            "<blockquote><p>One.</p><p>Two.</p></blockquote>", "One.\n\nTwo.", id="block-quote"
        ),
        pytest.param("<blockquote>One.</blockquote><p>Two.</p>", "One.\n\nTwo.", id="bare-quote"),
        pytest.param("<p>He said <q>no</q>, twice.</p>", "He said no, twice.", id="quote-in-line"),
        pytest.param("<p>One<br>two<br/>three</p>", "One\ntwo\nthree", id="line-breaks"),
        pytest.param("<p>One <b>two</b>, <i>three</i></p>", "One two, three", id="emphasis"),
        pytest.param("<p>One\n   two\tthree</p>", "One two three", id="spaces"),
        pytest.param("<ol><li>One</li><li>Two</li></ol>", "One\nTwo", id="list"),
        pytest.param("<p>A &amp; B &lt;C&gt; &#8212; D</p>", "A & B <C> — D", id="entities"),
        pytest.param("<p>Cafe\u0301</p>", "Café", id="decomposed"),
        pytest.param("<p>One\0two</p>", "One\ufffdtwo", id="nul"),
    ],
)
def test_passages_are_divided_as_a_browser_divides_them(body, text):
    assert passages(body) == text


# --- facts ---


def test_a_page_is_taken_at_its_word():
    reading = read_html(article("flood"), URL)

    assert reading.title == "Old bridge may close before Friday"
    assert reading.authors == ("Mira Holt", "Jonas Weil")
    assert reading.published_on == date(2016, 4, 11)
    assert reading.outlet == "The Harbour Post"
    assert reading.canonical_url == "https://harbour.test/2016/04/old-bridge"
    assert reading.language == "en-GB"


def test_a_page_that_says_nothing_of_itself_is_not_guessed_at():
    reading = read_html(f"<html><body><p>{SAID}</p><p>Copyright 2009.</p></body></html>", "")

    facts = (reading.title, reading.authors, reading.published_on, reading.outlet)
    assert facts == ("", (), None, "")
    assert (reading.canonical_url, reading.language) == ("", "")


@pytest.mark.parametrize(
    ("href", "found"),
    [
        pytest.param("/a", "https://harbour.test/a", id="relative"),
        pytest.param("//other.test/a", "https://other.test/a", id="another-site"),
        pytest.param("https://harbour.test/a", "https://harbour.test/a", id="absolute"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("http://[", "", id="half-a-bracket"),
        pytest.param("mailto:desk@harbour.test", "", id="mail"),
    ],
)
def test_a_canonical_address_is_one(href, found):
    head = f'<link rel="next" href="/2"><link rel="amphtml CANONICAL" href="{href}">'

    assert read_html(page("", head), URL).canonical_url == found


# --- pages as archives replay them ---

WAYBACK = "https://web.archive.org/web/20160411083000"
TOOLBAR = """<div id="wm-ipp-base"><div id="wm-ipp-inside"><p>The Wayback Machine has 31 captures of
this page, from April 2016 to this very day, it says.</p></div></div>
<div id="wm-ipp-print">The Wayback Machine - https://web.archive.org/web/2016/ and more words.</div>
"""
TODAY = """<link rel="canonical" href="https://archive.ph/2016.04.11-083000/https://paper.example/a">
<meta property="og:url" content="https://archive.ph/AbC1d">"""


def test_the_toolbar_of_the_wayback_machine_is_no_part_of_the_page():
    markup = page("", f'<link rel="canonical" href="{WAYBACK}/https://paper.example/a">')

    reading = read_html(markup.replace("<body>", f"<body>{TOOLBAR}"), f"{WAYBACK}/x")

    assert reading.text == SAID
    assert reading.canonical_url == "https://paper.example/a"


def test_the_header_of_archive_today_is_no_part_of_the_page():
    header = '<div id="HEADER"><p>Saved from the very long address, all snapshots, share.</p></div>'
    markup = page("", TODAY).replace("<body>", f"<body>{header}")

    reading = read_html(markup, "https://archive.ph/AbC1d")

    assert reading.text == SAID
    assert reading.stated == (
        "https://archive.ph/2016.04.11-083000/https://paper.example/a",
        "https://archive.ph/AbC1d",
    )


def test_a_header_that_is_the_pages_own_stays():
    markup = page("").replace("<p>", '<p id="HEADER">', 1)

    assert read_html(markup, "").text == SAID
