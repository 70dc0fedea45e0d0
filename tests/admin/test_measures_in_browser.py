"""Three measures: nine predictions logged, ten propositions judged, an editor's first look."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from tests import builders
from tests.admin.conftest import Door
from tests.admin.measures import Hand, Record, measured
from tests.aleppo import Json, coded
from tests.duties import moved_to
from tracker.domain.judging import OutcomeAnswer, State
from tracker.models import Claim, Proposition, Resolution, Round, Verdict

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

ADD = "/admin/tracker/claim/add/"
NINE = ["C02", "C03", "C12", "C13", "C15", "C18", "C26", "C30", "C32"]
# What each condition is called in the article's words.
CONDITIONS = {
    "C13": "the government presses its offensive",
    "C15": "if Putin and Assad do as they say",
    "C18": "if the Russians and Syrians do commit themselves to retaking Aleppo",
    "C26": "If Russia is signalling an offensive against Nusra",
    "C32": "If Russia joins a major regime offensive on Aleppo",
}


def predictions() -> dict[str, Json]:
    """The nine by their number, as their coders wrote them."""
    by_number = {claim["external_id"][-3:]: claim for claim in coded()["claims"]}
    return {number: by_number[number] for number in NINE}


def name_of(claim: Json) -> str:
    person = claim["speaker"]["person"]
    return str(person["name"] if isinstance(person, dict) else person)


def article() -> str:
    """A text of our own that quotes the nine passages; what they hang on is said beside them."""
    told = [
        f"“{claim['quotation']['exact']}”, {name_of(claim)} said"
        f"{', if ' + CONDITIONS[number] if number == 'C13' else ''}."
        for number, claim in predictions().items()
    ]
    return "\n\n".join(["What experts expect of Aleppo.", *told])


class FactChecker:
    """Logs one prediction after the other from the article that is open."""

    def __init__(self, hand: Hand) -> None:
        self.hand, self.page = hand, hand.page
        self.known: set[str] = set()

    def log(self, number: str, claim: Json) -> None:
        hand, page, proposition = self.hand, self.page, claim["proposition"]
        hand.drag(claim["quotation"]["exact"])
        expect(page.locator("[name=exact]")).to_have_value(claim["quotation"]["exact"])
        self.speaker(claim)
        if number in CONDITIONS:
            hand.drag(CONDITIONS[number])
            hand.press("c")
            hand.fill("[name=condition]", proposition["condition"]["statement"])
        hand.choose("[name=kind]", claim["kind"])
        hand.click("[data-all-hold]")
        hand.fill("[name=statement]", proposition["statement"])
        hand.fill("[name=criteria]", proposition["criteria"])
        self.deadline(proposition)
        if not self.known:
            hand.click("[name=freeze]")
        self.known.add(name_of(claim))
        with page.expect_navigation(wait_until="load"):
            hand.press("Control+Enter")
        assert page.locator(".t-alert, .t-errors").all_inner_texts() == [], number

    def speaker(self, claim: Json) -> None:
        hand, page, name = self.hand, self.page, name_of(claim)
        if page.input_value("[name=person]") == name:
            return
        if name in self.known:
            hand.fill("[name=person]", name.rpartition(" ")[2])
            hand.click(f"#hints-who .t-hint:has-text('{name}')")
            return
        hand.fill("[name=person]", name)
        hand.fill("[name=role]", claim["speaker"]["role"])
        hand.fill("[name=organisation]", claim["speaker"]["organisation"]["name"])

    def deadline(self, proposition: Json) -> None:
        if proposition["deadline_basis"] == "convention":
            self.hand.click("#hints-deadline .t-hint:has-text('convention')")
            return
        self.hand.fill("[name=deadline]", proposition["deadline"])
        self.hand.choose("[name=deadline_basis]", proposition["deadline_basis"])
        self.hand.fill("[name=deadline_reason]", proposition["deadline_reason"])


def test_a_fact_checker_logs_nine_predictions_without_a_raw_id(
    door: Door, record_property: Record
) -> None:
    coder = door.let_in("coder")
    coder.goto(ADD)
    hand = Hand(coder.page)
    checker = FactChecker(hand)

    with measured(record_property, "A fact-checker logs nine predictions", hand):
        hand.fill("[name=title]", "What experts expect of Aleppo")
        hand.fill("[name=published_on]", "2016-04-11")
        coder.page.fill("[name=text]", article())
        hand.clicks, hand.keys = hand.clicks + 1, hand.keys + 1  # pasted
        coder.page.locator("[name=text]").blur()
        for number, claim in predictions().items():
            checker.log(number, claim)

    logged = Claim.objects.select_related("quotation__snapshot", "hedge_term", "proposition")
    assert logged.count() == 9
    for claim in logged:
        quotation = claim.quotation
        assert quotation.snapshot.text[quotation.start : quotation.end] == quotation.exact
        assert claim.state == "frozen"
    assert logged.exclude(hedge_term=None).count() >= 7
    assert logged.exclude(proposition__condition=None).count() == len(CONDITIONS)
    expect(coder.page.locator("[data-reader] mark")).to_have_count(9)
    assert hand.clicks <= 9 * 16 + 5


def make_due(number: int) -> list[Round]:
    """Rounds on propositions that are due, each with an outcome on record."""
    rounds = []
    for n in range(number):
        proposition = builders.make_proposition(statement=f"Road {n} is cut by summer.")
        builders.make_outcome(proposition=proposition, statement=f"Road {n} was cut in June.")
        rounds.append(builders.make_round(proposition=proposition))
    return rounds


def test_a_judge_clears_ten_due_propositions_with_the_keyboard(
    door: Door, record_property: Record
) -> None:
    make_due(10)
    judge = door.let_in("judge")
    judge.goto("/admin/")
    page, hand = judge.page, Hand(judge.page)

    with measured(record_property, "A judge clears ten due propositions", hand):
        page.locator("a[href*='/admin/tracker/round/'][href$='/change/']").first.focus()
        # A key that is pressed before the page is there goes nowhere.
        with page.expect_navigation(wait_until="load"):
            hand.press("Enter")
        for n in range(10):
            expect(page.locator(".t-progress")).to_contain_text(f"{n + 1} of 10")
            hand.press("5", "Shift+1", "r")
            hand.type("Two agencies report it.")
            hand.press("Control+Enter")
            expect(page.locator("#confirm")).to_be_visible()
            with page.expect_navigation(wait_until="load"):
                hand.press("Enter")

    expect(page.locator("text=Nothing else waits for you.")).to_be_visible()
    given = Verdict.objects.all()
    assert given.count() == 10
    assert all(verdict.cited.count() == 1 for verdict in given)
    assert hand.clicks == 0
    assert hand.keys == 1 + 10 * (5 + len("Two agencies report it."))


def test_an_editor_sees_at_a_glance_what_needs_a_decision(
    door: Door, record_property: Record
) -> None:
    split, agreed, _ = make_due(3)
    moved_to(split, State.SPLIT)
    moved_to(agreed, State.AGREED)
    builders.make_resolution(published=False)
    editor = door.let_in("editor")
    page, hand = editor.page, Hand(editor.page)

    with measured(record_property, "An editor finds what needs a decision", hand):
        editor.goto("/admin/")
        for waits in ("Split", "Agreed", "Awaiting publication"):
            counter = page.locator(f".t-counter:has(.t-count-title:text-is('{waits}'))")
            expect(counter.locator(".t-count")).to_have_text("1")
            expect(counter).to_be_in_viewport()
        hand.click(".t-counter:has(.t-count-title:text-is('Split'))")
        hand.click("#result_list tbody th a")

    expect(page.locator("h2:has-text('Adjudicate')")).to_be_visible()
    assert hand.clicks == 2


def apart() -> Round:
    """A round whose two judges came to opposite answers."""
    (round,) = make_due(1)
    for answer in (OutcomeAnswer.CAME_TRUE, OutcomeAnswer.DID_NOT):
        builders.make_verdict(round=round, outcome=answer, rationale=f"It {answer}.", searched="A")
    moved_to(round, State.SPLIT)
    return round


def test_judges_who_are_apart_are_adjudicated_and_published_after_the_window(
    door: Door, settings: Settings
) -> None:
    settings.TRACKER_REPLY_DAYS = 0
    round = apart()
    editor = door.let_in("editor")
    page = editor.page

    editor.goto(f"/admin/tracker/round/{round.pk}/change/")
    expect(page.locator(".t-aligned .t-verdict")).to_have_count(2)
    names = [verdict.judge.username for verdict in round.verdicts.all()]
    assert not [name for name in names if name in page.content()]
    for key in ("1", "r"):
        page.keyboard.press(key)
    page.keyboard.insert_text("The road was open on the last day.")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.insert_text("Both agencies, June to July.")
    page.keyboard.press("Control+Enter")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    page.click(".t-toolbar a:has-text('Resolve')")
    page.click("button:has-text('Resolve')")
    page.wait_for_url("**/resolution/*/change/")
    page.click(".t-toolbar a:has-text('Publish')")
    page.click("button:has-text('Publish')")

    expect(page.locator(".t-eyebrow .t-badge").first).to_have_text("Published")
    made = Resolution.objects.get()
    assert (made.outcome, made.method, made.override_reason) == ("did_not", "adjudicated", "")


def test_a_fact_is_recorded_in_place_and_the_answer_stays(door: Door) -> None:
    proposition = builders.make_proposition()
    round = builders.make_round(proposition=proposition)
    judge = door.let_in("judge")
    page = judge.page
    judge.goto(f"/admin/tracker/round/{round.pk}/change/")
    for key in ("4", "r"):
        page.keyboard.press(key)
    page.keyboard.insert_text("It was cut, a day late.")
    page.keyboard.press("Escape")

    page.keyboard.press("f")
    page.keyboard.insert_text("The road was cut.")
    page.fill("[name=fact-occurred]", "2016-07-07")
    page.fill("[name=fact-title]", "Road cut")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Control+Enter")

    expect(page.locator("[name=cited]")).to_be_checked()
    assert page.is_checked("[name=outcome][value=mostly]")
    assert page.input_value("[name=rationale]") == "It was cut, a day late."
    assert Proposition.objects.get(pk=proposition.pk).outcomes.count() == 1
