"""The bookmarklet: from words selected in somebody else's page to a claim on record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.admin.conftest import PASSWORD, Door, Visitor
from tests.admin.world import make_staff
from tests.intake.servers import Site, serving
from tracker.admin.bookmarklet import bookmarklet
from tracker.models import Capture, Claim

WORDS = "The port will stay shut until March"
PAGE = f"""<!doctype html><title>Harbour talks “fail” - Example Post</title>
<meta charset="utf-8"><meta name="author" content="Ada Reporter">
<meta property="og:site_name" content="Example Post">
<meta property="article:published_time" content="2026-11-01T09:00:00+01:00">
<h1>Harbour talks “fail”</h1>
<p id="first">Talks broke down.</p>
<p id="said">“<b>{WORDS}</b>,” said <i>Bo Analyst</i><script>var hidden = 1;</script> on Sunday.</p>
<p id="long">{"Nobody knows. " * 60}<b>It may rain.</b>{" Nobody cares." * 60}</p>
<p id="very">{"Слово за слово. " * 350}</p>
<p id="hostile">&lt;img src=x onerror="document.title='owned'"&gt; &lt;/textarea&gt; {{{{ 7*7 }}}} 🙂 will fall</p>
"""  # noqa: E501  # a page is as wide as it is
SELECT = """selector => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(selector));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
CLICK = """href => {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    link.click();
}"""
ADD = "admin:tracker_claim_add"


def test_judges_are_offered_no_link_that_logs(client: Client, db: None) -> None:
    client.force_login(make_staff("judge"))

    page = client.get(reverse("admin:tracker_capture_changelist"))

    assert page.status_code == 200
    assert "data-bookmarklet" not in page.content.decode()


@pytest.mark.parametrize("page", [ADD, "admin:tracker_capture_changelist"])
def test_the_link_stands_where_people_log_and_capture(coder: Client, page: str) -> None:
    shown = coder.get(reverse(page)).content.decode()

    assert 'data-bookmarklet href="javascript:' in shown
    assert "Copy the bookmarklet" in shown


def test_the_link_is_code_of_its_own_and_knows_this_site_alone() -> None:
    request = RequestFactory().get("/", secure=True, headers={"host": "localhost:8443"})

    link = bookmarklet(request)

    code = unquote(link.removeprefix("javascript:"))
    assert link.startswith("javascript:") and '"' not in link and " " not in link
    assert '"https://localhost:8443/admin/tracker/claim/add/#quote="' in code
    assert not [word for word in ("fetch(", "XMLHttpRequest", "<script", "import(") if word in code]
    assert len(link) < 8_000


# --- in a real browser, on a page of another origin ---


@pytest.fixture
def paper() -> Iterator[Site]:
    with serving() as site:
        site.put("/harbour?page=1", PAGE.encode())
        yield site


def link_of(visitor: Visitor) -> str:
    visitor.goto(reverse(ADD))
    href = visitor.page.get_attribute("[data-bookmarklet]", "href")
    assert href
    return href


def clicked(visitor: Visitor, paper: Site, href: str, selector: str) -> Page:
    """The log form, after these words were selected in the paper and the bookmark clicked."""
    reader = visitor.page.context.new_page()
    reader.goto(paper.url("/harbour?page=1#talks"))
    if selector:
        reader.evaluate(SELECT, selector)
    with reader.expect_popup() as opened:
        reader.evaluate(CLICK, href)
    form = opened.value
    form.wait_for_load_state("networkidle")
    return form


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_selected_words_become_a_claim_once_a_person_says_so(door: Door, paper: Site) -> None:
    coder = door.let_in("coder")

    form = clicked(coder, paper, link_of(coder), "#said b")

    expect(form.locator("[data-brought]")).to_contain_text("Check it")
    assert form.input_value("[name=url]") == paper.url("/harbour?page=1#talks")
    assert form.input_value("[name=title]") == "Harbour talks “fail”"
    assert form.input_value("[name=outlet]") == "Example Post"
    assert form.input_value("[name=bylines]") == "Ada Reporter"
    assert form.input_value("[name=published_on]") == "2026-11-01"
    assert form.input_value("[name=exact]") == WORDS
    assert form.input_value("[name=text]") == f"“{WORDS},” said Bo Analyst on Sunday."
    assert form.is_checked("[name=excerpt]") and form.is_checked("[name=fetch]")
    assert "quote=" not in form.url
    assert not Claim.objects.exists()

    form.fill("[name=person]", "Bo Analyst")
    form.click("[name=_save]")
    expect(form.locator(".t-passage mark")).to_have_text(WORDS)
    claim = Claim.objects.get()
    assert claim.quotation.snapshot.completeness == "excerpt"
    assert claim.quotation.snapshot.source.title == "Harbour talks “fail”"
    assert Capture.objects.get().status == "queued"
    form.goto(f"{coder.address}{reverse(ADD)}")
    assert form.input_value("[name=exact]") == ""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_words_of_the_headline_come_with_it_and_are_refused(door: Door, paper: Site) -> None:
    coder = door.let_in("coder")
    form = clicked(coder, paper, link_of(coder), "h1")
    form.fill("[name=person]", "Bo Analyst")

    form.click("[name=_save]")

    expect(form.locator(".t-errors")).to_contain_text("A headline is the outlet's own wording")
    assert not Claim.objects.exists()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_neighbours_come_along_and_what_is_left_out_is_marked(door: Door, paper: Site) -> None:
    coder = door.let_in("coder")

    form = clicked(coder, paper, link_of(coder), "#long b")

    text = form.input_value("[name=text]")
    assert text.startswith("[…] ") and text.endswith(" […]")
    assert 400 < len(text) < 640
    assert text[int(form.input_value("[name=start]")) :].startswith("It may rain. Nobody")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_five_thousand_letters_survive_and_so_does_hostile_text(door: Door, paper: Site) -> None:
    coder = door.let_in("coder")
    href = link_of(coder)

    long = clicked(coder, paper, href, "#very")
    hostile = clicked(coder, paper, href, "#hostile")

    assert len(long.input_value("[name=exact]")) > 5_000
    words = hostile.input_value("[name=exact]")
    assert words.startswith("<img src=x onerror=") and "{{ 7*7 }} 🙂 will fall" in words
    assert hostile.input_value("[name=text]") == words
    assert "owned" not in hostile.title()
    assert hostile.locator("img[src=x]").count() == 0


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_was_brought_waits_while_its_owner_logs_in(door: Door, paper: Site) -> None:
    coder = door.let_in("coder")
    href = link_of(coder)
    coder.page.context.clear_cookies()

    form = clicked(coder, paper, href, "#said b")

    assert "/admin/login/" in form.url
    form.fill("[name=username]", "coder0")
    form.fill("[name=password]", PASSWORD)
    form.click("button[type=submit]")
    expect(form.locator("[name=exact]")).to_have_value(WORDS)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_is_no_quotation_fills_in_nothing_and_breaks_nothing(door: Door) -> None:
    coder = door.let_in("coder")
    odd = quote(json.dumps({"url": "", "text": {"a": 1}, "exact": 5}))

    for packed in ("%", "null", "[1]", quote('{"url": 5}'), odd):
        coder.goto("/admin/")
        coder.goto(f"{reverse(ADD)}#quote={packed}")

        assert coder.page.input_value("[name=text]") == "", packed
        assert coder.page.input_value("[name=exact]") == "", packed


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_bookmarklet_is_copied_for_keyboards_and_phones(door: Door) -> None:
    coder = door.let_in("coder", width=390)
    coder.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    href = link_of(coder)
    coder.page.click(".t-bookmarklet summary")

    coder.page.click("[data-copy]")

    expect(coder.page.locator("[data-copied]")).to_have_text("Copied.")
    assert coder.page.evaluate("navigator.clipboard.readText()") == href
