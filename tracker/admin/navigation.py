"""The side bar, in the order of the work: log, judge, publish, scores, reference, operations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tracker.admin.at_work import may, roles_of
from tracker.domain.judging import Role
from tracker.domain.roles import Verb

Entry = tuple[str, str, str]
WORK: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Log",
        (
            ("Claims", "format_quote", "claim"),
            ("Propositions", "contract", "proposition"),
            ("Duplicates", "join_inner", "duplicate"),
            ("Sources", "article", "source"),
            ("Captures", "travel_explore", "capture"),
            ("Imports", "upload_file", "import"),
            ("Snapshots", "photo_camera", "snapshot"),
            ("Quotations", "segment", "quotation"),
            ("Changed words", "difference", "anchoring"),
            ("Distortions", "campaign", "distortion"),
        ),
    ),
    (
        "Judge",
        (
            ("Rounds", "gavel", "round"),
            ("Seats", "event_seat", "assignment"),
            ("Exceptions", "rule", "override"),
            ("Outcomes", "event_available", "outcome"),
            ("Verdicts", "how_to_vote", "verdict"),
            ("Readings", "visibility", "reading"),
        ),
    ),
    (
        "Publish",
        (
            ("Resolutions", "task_alt", "resolution"),
            ("Replies", "reply", "reply"),
            ("Reply links", "link", "replylink"),
            ("Reviews of others", "rate_review", "externalreview"),
            ("Webhooks", "webhook", "webhook"),
            ("Deliveries", "outgoing_mail", "delivery"),
            ("Disputes", "balance", "dispute"),
        ),
    ),
    (
        "Scores",
        (
            ("Score items", "scoreboard", "scoreitem"),
            ("Published tables", "table_chart", "scorerun"),
            ("Agreement", "handshake", "codepattern"),
            ("Base rates", "percent", "benchmark"),
        ),
    ),
    (
        "Reference",
        (
            ("People", "person", "person"),
            ("Organisations", "apartment", "organisation"),
            ("Affiliations", "badge", "affiliation"),
            ("Topics", "account_tree", "topic"),
            ("Hedge terms", "menu_book", "hedgeterm"),
            ("Lexicons", "library_books", "lexicon"),
        ),
    ),
)
# Pages of their own below the address of a list.
PAGES = ("claim_add", "scoreboard", "changes", "exports")
ALWAYS_OPEN = ("Log", "Judge", "Publish")
OPERATIONS: tuple[Entry, ...] = (
    ("Users", "group", "tracker_user"),
    ("Tokens", "key", "tracker_token"),
    ("Jobs", "work_history", "procrastinate_procrastinatejob"),
)


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups that this user's roles open; Unfold asks on every page."""
    if not roles_of(request):
        return []
    groups = [
        _group(title, [_noun(request, entry) for entry in entries]) for title, entries in WORK
    ]
    board = reverse("admin:tracker_scoreboard")
    scores = next(group["items"] for group in groups if group["title"] == "Scores")
    scores.insert(0, _item(request, "Scoreboard", "leaderboard", board, exact=True))
    log = next(group["items"] for group in groups if group["title"] == "Log")
    exports = _item(request, "Exports", "download", reverse("admin:tracker_exports"), exact=True)
    log.insert([item["title"] for item in log].index("Imports") + 1, exports)
    home = _item(request, "Home", "home", reverse("admin:index"), exact=True)
    calendar = reverse("admin:tracker_calendarfeed_changelist")
    begin = [home, _item(request, "My calendar", "calendar_month", calendar)]
    if Role.ADMIN not in roles_of(request):
        begin.append(_item(request, "My tokens", "key", reverse("admin:tracker_token_changelist")))
    if may(request, Verb.LOG):
        added = reverse("admin:tracker_claim_add")
        begin.insert(1, _item(request, "Log a claim", "add_circle", added, exact=True))
    if Role.ADMIN in roles_of(request):
        operations = [_operation(request, entry) for entry in OPERATIONS]
        changes = reverse("admin:tracker_changes")
        operations.append(_item(request, "History", "history", changes, exact=True))
        groups.append(_group("Operations", operations))
    return [{"title": None, "items": begin}, *groups]


def _group(title: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    collapsible = title not in ALWAYS_OPEN
    return {"title": title, "separator": True, "collapsible": collapsible, "items": items}


def _noun(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    title, icon, model = entry
    return _item(request, title, icon, reverse(f"admin:tracker_{model}_changelist"))


def _operation(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    title, icon, model = entry
    return _item(request, title, icon, reverse(f"admin:{model}_changelist"))


def _item(
    request: HttpRequest, title: str, icon: str, link: str, *, exact: bool = False
) -> dict[str, Any]:
    own = {
        reverse(f"admin:tracker_{name}")
        for name in ("claim_add", "scoreboard", "changes", "exports")
    }
    inside = request.path.startswith(link) and request.path not in own
    active = request.path == link if exact else inside
    return {"title": title, "icon": icon, "link": link, "active": active}
