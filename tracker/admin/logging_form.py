"""The form by which a claim is logged: article, quotation, speaker and meaning on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from unfold.widgets import UnfoldAdminExpandableTextareaWidget

from tracker.actions.claims import ClaimDraft
from tracker.actions.documents import HopDraft, QuotationDraft, SnapshotDraft, SourceDraft
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.admin.coding import MEANING, MeaningForm, Section, worded
from tracker.admin.steps import choice, day, line, prose, tick, wide
from tracker.domain.addresses import bare
from tracker.domain.provenance import Mode
from tracker.models import Snapshot
from tracker.models.documents import SourceKind

HOPS = (1, 2)
ARTICLE = {"class": "t-article", "placeholder": "Paste the article here."}
# The buttons of the form, and what each does with the claim.
BUTTONS = {
    "_save": "It logs the claim with the words of the text.",
    "_next": "It logs the claim with the words of the text, then goes on to the next.",
}


class LogForm(MeaningForm):
    """Article, quotation, who, proposition, hedge and deadline on one page."""

    sections = (
        Section(
            "article",
            "Article",
            "Where it stands. A known address is recognised.",
            [("url",), ("title",), ("outlet", "published_on"), ("source_kind", "bylines")],
        ),
        Section(
            "quotation",
            "Quotation",
            "Word for word. Select it in the text: the offsets come along.",
            [("exact",), ("mode",), ("said_on", "said_words")],
            [
                *((f"hop_{n}_outlet", f"hop_{n}_mode", f"hop_{n}_channel") for n in HOPS),
                ("channel",),
            ],
            "It was relayed, or said through a channel",
        ),
        Section(
            "who",
            "Who",
            "As they were on that day. A name that is not on record is filed with the claim.",
            [("person",), ("role", "organisation")],
        ),
        *MEANING,
        Section(
            "rest",
            "The rest",
            "What you want to find again.",
            [("external_id",), ("coded_after_outcome",), ("note",)],
        ),
    )

    url = line("Address", required=False)
    title = line("Title", required=False, help_text="For an article that is not on record yet.")
    outlet = line("Outlet", required=False)
    published_on = day("Published on")
    source_kind = choice("Kind of source", worded(SourceKind))
    bylines = line("Bylines", required=False, help_text="Separated by semicolons.")
    text = forms.CharField(
        label="Text",
        strip=False,
        widget=wide(UnfoldAdminExpandableTextareaWidget(attrs=ARTICLE)),
    )
    excerpt = tick("This is an excerpt", help_text="Not the whole article.")
    fetch = tick(
        "Fetch the whole page, too", help_text="A worker looks for the quotation in it afterwards."
    )
    snapshot = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )
    exact = prose("Quotation")
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    mode = choice("How it is reported", worded(Mode))
    said_on = line(
        "Said on",
        required=False,
        help_text="2016-04-11, 2016-04 or 2016-04-09/2016-04-10; else the article's day.",
    )
    said_words = line("The date in the text's words", required=False)
    channel = line("Channel", required=False, help_text="Tweet, e-mail, briefing, interview.")
    person = line("Person", required=False)
    person_slug = forms.CharField(required=False, widget=forms.HiddenInput)
    role = line("Role at the time", required=False)
    organisation = line(
        "Organisation", required=False, help_text="The speaker where no person is named."
    )
    external_id = line("Your own reference", required=False)
    coded_after_outcome = tick("Coded after the outcome was known")
    note = prose("Note", required=False)
    freeze = tick("Freeze it: it is complete")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in HOPS:
            self.fields[f"hop_{n}_outlet"] = line(f"Hop {n}: outlet", required=False)
            self.fields[f"hop_{n}_mode"] = choice("Passed on as", worded(Mode))
            self.fields[f"hop_{n}_channel"] = line("Through", required=False)

    def clean_text(self) -> str:
        """The text as pasted: browsers send line ends in pairs, which would move every offset."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_exact(self) -> str:
        return str(self.cleaned_data["exact"]).replace("\r\n", "\n")

    def draft(self) -> ClaimDraft:
        """Everything on the page as one claim."""
        data = self.cleaned_data
        source, snapshot = self._article()
        return ClaimDraft(
            source=source,
            snapshot=snapshot,
            quotation=self._quotation(),
            speaker=SpeakerDraft(
                person=data["person"],
                person_slug=data["person_slug"],
                organisation=_organisation(data["organisation"]),
                role=data["role"],
            ),
            proposition=self.proposition_draft(),
            coded_after_outcome=data["coded_after_outcome"],
            failed_test=data["failed_test"],
            external_id=data["external_id"],
            note=data["note"],
            freeze=data["freeze"],
            **self.hedging(),
        )

    def _article(self) -> tuple[SourceDraft, SnapshotDraft]:
        """The text that was opened, unless it was changed: else one without an address would be
        filed anew with each claim.
        """
        data = self.cleaned_data
        completeness = "excerpt" if data["excerpt"] else "full"
        same = {"text": data["text"], "completeness": completeness}
        found = Snapshot.objects.filter(pk=data["snapshot"], **same).first()
        if found:
            return SourceDraft(id=found.source_id), SnapshotDraft(id=found.pk)
        return self._source(), SnapshotDraft(**same)

    def _source(self) -> SourceDraft:
        data = self.cleaned_data
        return SourceDraft(
            url=data["url"],
            title=data["title"],
            outlet=_organisation(data["outlet"], kind="media"),
            bylines=tuple(name.strip() for name in data["bylines"].split(";") if name.strip()),
            published_on=data["published_on"],
            kind=data["source_kind"] or SourceKind.ARTICLE.value,
        )

    def _quotation(self) -> QuotationDraft:
        data = self.cleaned_data
        hops = tuple(
            HopDraft(
                mode=data[f"hop_{n}_mode"] or Mode.DIRECT_QUOTE.value,
                outlet=_organisation(data[f"hop_{n}_outlet"], kind="media"),
                channel=data[f"hop_{n}_channel"],
            )
            for n in HOPS
            if data[f"hop_{n}_outlet"] or data[f"hop_{n}_channel"]
        )
        return QuotationDraft(
            exact=data["exact"],
            # A lone start only chooses among several places: the words still decide.
            start=data["start"],
            mode=data["mode"] or Mode.DIRECT_QUOTE.value,
            said_on=data["said_on"],
            said_words=data["said_words"],
            channel=data["channel"],
            hops=hops,
        )


def pressed(posted: Mapping[str, Any]) -> str:
    """The button by which the form was sent."""
    return next((name for name in BUTTONS if name in posted), "_save")


def with_nearest(posted: QueryDict) -> QueryDict:
    """The form as it was sent, with the words of the nearest passage where they were accepted."""
    then = posted.get("_take", "")
    if then not in BUTTONS:
        return posted
    taken = posted.copy()
    taken["exact"] = posted.get("nearest_exact", "")
    taken["start"] = posted.get("nearest_start", "")
    taken[then] = "1"
    return taken


def unwrapped(snapshot: Snapshot, url: str) -> list[str]:
    """What became of an archive's link that was pasted as the address, in a sentence or none."""
    if not url.strip() or snapshot.archive_url != bare(url):
        return []
    archive = snapshot.get_method_display()
    return [
        f"The link was one of {archive}'s: the page is {snapshot.source.url or 'not named in it'}, "
        f"kept there on {snapshot.captured_at:%Y-%m-%d}."
    ]


def _organisation(name: str, kind: str = "other") -> OrganisationDraft | None:
    return OrganisationDraft(name=name, kind=kind) if name.strip() else None
