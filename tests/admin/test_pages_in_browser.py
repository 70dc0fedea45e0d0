"""Every page of the workbench in a browser: for all readers, by keyboard, quietly, and from here.

Who walks complains by himself: of any console error, of anything that a policy refused, and of any
request to another machine (tests/admin/conftest.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import builders
from tests.admin.conftest import PASSWORD, Door
from tests.admin.world import make_world
from tracker.models import Claim, Person

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

# What Unfold or Django draws and ours cannot mend: rule, a piece of the element, why.
BEYOND_US: tuple[tuple[str, str, str], ...] = ()


def addresses() -> Iterator[str]:
    """Pages of their own, and of each noun the list, the form, one record, its history."""
    yield reverse("admin:index")
    for name in ("scoreboard", "changes", "duplicate_likely", "exports"):
        yield reverse(f"admin:tracker_{name}")
    for name in ("capture_upload", "import_upload"):
        yield reverse(f"admin:tracker_{name}")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        key = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        if key is not None:
            yield reverse(f"{name}_change", args=[key])
            yield reverse(f"{name}_history", args=[key])
    person = Person.objects.order_by("pk")[0]
    yield reverse("admin:tracker_person_merge", args=[person.pk])
    yield reverse("admin:tracker_claim_changelist") + f"?of=people-{person.pk}&account=scored"
    yield reverse("admin:tracker_scoreboard") + "?said_from=2000-01-01"


DARK = """async () => {
    document.documentElement.classList.add("dark");
    document.getAnimations().forEach((one) => one.finish());
    return axe.run({ runOnly: ["color-contrast"], resultTypes: ["violations"] });
}"""


def violations(page: Page) -> Iterator[str]:
    """What axe calls serious or critical, but for what is beyond us; its colours in the dark too.

    Nothing but colours differs there: Unfold sets a class on the page that is open.
    """
    light = Axe().run(page).response["violations"]
    dark = page.evaluate(DARK)["violations"]
    for look, rule in [*(("light", rule) for rule in light), *(("dark", rule) for rule in dark)]:
        if rule["impact"] not in ("serious", "critical"):
            continue
        for node in rule["nodes"]:
            beyond = any(rule["id"] == name and part in node["html"] for name, part, _ in BEYOND_US)
            if not beyond:
                yield f"{look}: {rule['id']}: {node['html'][:200]}"


@pytest.mark.parametrize("role", ["admin", "judge"])
def test_no_page_shuts_anybody_out(door: Door, role: str) -> None:
    make_world()
    cache.clear()
    visitor = door.let_in(role)
    found: dict[str, list[str]] = {}
    opened = 0
    for address in addresses():
        answer = visitor.page.goto(visitor.address + address)
        if answer is None or answer.status != 200:
            # A page that is not for this role; the browser notes the refusal on its console.
            visitor.complaints = [
                c for c in visitor.complaints if "Failed to load resource" not in c
            ]
            continue
        opened += 1
        visitor.page.wait_for_timeout(80)  # Select2 draws, and is named
        if broken := list(violations(visitor.page)):
            found[address] = broken

    assert not found, "\n".join(f"{a}: {line}" for a, lines in found.items() for line in lines)
    assert opened > 30


def test_the_keyboard_reaches_every_page(door: Door) -> None:
    builders.make_claim()
    editor = door.let_in("editor")
    page = editor.page
    editor.goto("/admin/")
    page.keyboard.press("Tab")
    expect(page.locator(".t-skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")

    page.keyboard.press("?")
    expect(page.locator(".t-shortcuts")).to_contain_text("Scoreboard")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/admin/tracker/claim/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("g?c")
    assert page.input_value("[name=q]") == "g?c"


def test_the_numbers_of_the_home_page_lead_to_their_rows(door: Door) -> None:
    for _ in range(3):
        builders.make_claim(frozen=False)
    editor = door.let_in("editor")
    editor.goto("/admin/")
    page = editor.page
    counter = page.locator(".t-counter", has_text="All drafts")
    expect(counter.locator(".t-count")).to_have_text("3")

    counter.click()

    expect(page.locator("#result_list tbody tr.data-row")).to_have_count(3)
    expect(page.locator(".t-tab[aria-current]")).to_have_text("Drafts")


def test_a_filtered_list_is_taken_away_as_a_file(door: Door) -> None:
    draft = builders.make_claim(frozen=False)
    builders.make_claim()
    editor = door.let_in("editor")
    editor.goto("/admin/tracker/claim/?state__exact=draft")

    with editor.page.expect_download() as download:
        editor.page.click("text=Export this one")

    lines = download.value.path().read_text().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{draft.pk},")


def test_two_people_are_merged_once_the_preview_was_seen(door: Door) -> None:
    winner, loser = builders.make_person(name="Ada Example"), builders.make_person(name="A. Ex")
    builders.make_claim(person=loser)
    editor = door.let_in("editor")
    page = editor.page
    editor.goto(f"/admin/tracker/person/{loser.pk}/merge/")
    page.click(".select2-selection")
    page.fill(".select2-search__field", "Ada")
    page.click(".select2-results__option:has-text('Ada Example')")
    page.fill("[name=reason]", "The same person.")
    page.click("button:has-text('Show what would change')")
    expect(page.locator(".t-facts")).to_contain_text("1 count for Ada Example")
    assert Person.objects.get(pk=loser.pk).merged_into is None

    page.click("button:has-text('Merge into Ada Example')")

    page.wait_for_url(f"**/person/{winner.pk}/change/")
    assert Person.objects.get(pk=loser.pk).merged_into == winner
    assert Claim.objects.spoken_by(winner).count() == 1


def test_the_scoreboard_is_filtered_by_standing_and_name(door: Door) -> None:
    for name in ("Ada Example", "Ben Example"):
        builders.make_resolution(
            proposition=builders.make_claim(person=builders.make_person(name=name)).proposition
        )
    editor = door.let_in("editor")
    page = editor.page
    editor.goto("/admin/tracker/scoreitem/scoreboard/")
    expect(page.locator("#standing-claims_only tbody tr")).to_have_count(2)

    page.fill("#board-q", "Ben")
    page.click("button:has-text('Find')")

    expect(page.locator("#standing-claims_only tbody tr")).to_have_count(1)
    page.click(".t-small .t-tab:has-text('Insufficient')")
    assert "standing=claims_only" in page.url
    assert "q=Ben" in page.url


def test_what_was_typed_into_any_form_outlives_the_session_and_passwords_do_not(
    door: Door,
) -> None:
    person = builders.make_person(name="Ada Example")
    editor = door.let_in("editor")
    page = editor.page
    editor.goto(f"/admin/tracker/person/{person.pk}/change/")
    page.fill("[name=note]", "Read twice.")
    page.context.clear_cookies(name="sessionid")

    page.click("button[name=_save], input[name=_save]")
    page.wait_for_url("**/admin/login/**")
    page.fill("[name=username]", "editor0")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")

    expect(page.locator("[name=note]")).to_have_value("Read twice.")
    expect(page.locator("[data-kept]")).to_contain_text("it was never saved")
    page.click("button[name=_save], input[name=_save]")
    page.wait_for_url("**/admin/tracker/person/")
    assert page.evaluate("JSON.stringify(localStorage)").count("Read twice.") == 0
    editor.goto("/admin/password_change/")
    page.fill("[name=old_password]", PASSWORD)
    assert PASSWORD not in page.evaluate("JSON.stringify(localStorage)")


def test_an_export_tells_how_far_it_is_and_is_saved(door: Door) -> None:
    claim = builders.make_claim()
    builders.make_claim(frozen=False)
    editor = door.let_in("editor")
    page = editor.page
    editor.goto("/admin/tracker/import/exports/")
    page.select_option("[name=what]", "codes")
    page.select_option("[name=state]", "frozen")
    page.click("button:has-text('Export')")
    expect(page.locator(".t-errors")).to_contain_text("Filters are for claims")

    page.select_option("[name=what]", "claims")
    with page.expect_download() as download:
        page.click("button:has-text('Export')")

    expect(page.locator("[data-told]")).to_contain_text("claims.csv is in your downloads")
    expect(page.locator("[data-told]")).to_contain_text("1 line")
    assert str(claim.uuid) in download.value.path().read_text()


def test_a_token_is_made_copied_and_gone(door: Door) -> None:
    coder = door.let_in("coder")
    page = coder.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    coder.goto("/admin/tracker/token/add/")
    page.fill("[name=name]", "nightly")
    page.click("button:has-text('Make the token')")
    secret = page.locator("code.t-copied").inner_text()

    page.click("button:has-text('Copy')")

    expect(page.locator("[data-copy-text]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.click("text=I have copied it")
    expect(page.locator("#result_list")).to_contain_text("nightly")
    assert secret not in page.content()
