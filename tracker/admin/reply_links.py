"""Reply links: asking a named speaker for their reply, and what became of each link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from tracker.actions.reply_links import (
    SPOKEN,
    make_reply_link,
    revoke_reply_link,
    standing_of,
)
from tracker.admin.at_work import actor, now
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.admin.once import shown_once
from tracker.admin.steps import Step, address, choice, enact, line, take, wide
from tracker.domain.judging import Role
from tracker.domain.replies import LONGEST_DAYS, LinkStanding
from tracker.models import Organisation, Person, ReplyLink, Resolution

STANDINGS = {"Open": "info", "Used": "success", "Revoked": "danger", "Expired": "warning"}
LETTER = """Dear {name},

we have judged something that you said against what happened: “{statement}”

You can read the verdict, its reasons and its sources, and reply. What you write is printed word \
for word beside the verdict. You can do so once, until {until} UTC, at this address, \
which is yours alone:

{{address}}
"""


class AskForm(forms.Form):
    """Whom to ask, for how long, and where the link goes."""

    speaker = choice("Who replies", [], required=True)
    days = forms.IntegerField(
        label="Days that the link holds",
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="Leave empty: as long as the reply window.",
        widget=wide(UnfoldAdminIntegerFieldWidget()),
    )
    sent_to = line("Where you send it", required=False, help_text="For the record.")


def speakers_of(resolution: Resolution) -> dict[str, Person | Organisation]:
    """Everybody whose frozen words the resolution is about, under their standing names."""
    claims = resolution.proposition.claims.filter(state__in=SPOKEN).order_by("pk")
    found: dict[str, Person | Organisation] = {}
    for claim in claims.select_related("person__merged_into", "organisation__merged_into"):
        speaker = claim.person or claim.organisation
        if speaker is not None:
            speaker = speaker.merged_into or speaker
            found[f"{speaker._meta.model_name}-{speaker.pk}"] = speaker
    return found


def ask(admin: Any, request: HttpRequest, resolution: Resolution) -> HttpResponse:
    """Makes the link of a named speaker and shows it this once, with a letter round it."""
    speakers = speakers_of(resolution)

    class Form(AskForm):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            field: Any = self.fields["speaker"]
            field.choices = [(key, str(speaker)) for key, speaker in speakers.items()]

    def act(data: dict[str, Any]) -> HttpResponse:
        speaker = speakers[data.pop("speaker")]
        issued = make_reply_link(
            by=actor(request),
            now=now(),
            resolution=resolution,
            person=speaker if isinstance(speaker, Person) else None,
            organisation=speaker if isinstance(speaker, Organisation) else None,
            **data,
        )
        return _given(admin, request, issued.link, issued.token)

    step = Step(
        title="Ask for a reply",
        button="Make the link",
        explains=(
            f"“{resolution.proposition.statement}”",
            f"The reply window runs until {resolution.reply_until:%Y-%m-%d %H:%M} UTC. The link "
            "shows the speaker their words, the verdict and its sources, and takes one reply. "
            "An unused link of theirs from before is revoked.",
        ),
    )
    known_as = {"person": "speaker", "organisation": "speaker"}
    return take(admin, request, resolution, step, act, Form, known_as=known_as)


def _given(admin: Any, request: HttpRequest, link: ReplyLink, token: str) -> HttpResponse:
    name = str(link.person or link.organisation).replace("{", "(").replace("}", ")")
    statement = link.resolution.proposition.statement.replace("{", "(").replace("}", ")")
    until = f"{link.expires_at:%Y-%m-%d %H:%M}"
    return shown_once(
        admin,
        request,
        link.resolution,
        title=f"The link of {link.person or link.organisation}",
        path=reverse("reply", args=[token]),
        explains=f"It holds until {until} UTC, takes one reply, and can be revoked.",
        back=address(link.resolution),
        letter=LETTER.format(name=name, statement=statement, until=until),
    )


@admin.register(ReplyLink)
class ReplyLinkAdmin(EvidenceAdmin):
    """Only editors see to whom links went: where one was sent tells who spoke."""

    view_roles = frozenset({Role.EDITOR, Role.ADMIN})
    related = ("resolution__proposition", "person", "organisation", "made_by", "reply")
    list_display = ("speaker", "where", "question", "sent_to", "made_at", "expires_at")
    search_fields = ("sent_to", "person__name", "organisation__name")
    ordering = ("-id",)
    fields = (
        "resolution",
        ("person", "organisation"),
        "sent_to",
        ("made_by", "made_at"),
        ("expires_at", "revoked_at"),
        "reply",
    )
    actions_detail = ("revoke",)

    @display(description="Speaker")
    def speaker(self, link: ReplyLink) -> str:
        return str(link.person or link.organisation)

    @display(description="Standing", label=STANDINGS)
    def where(self, link: ReplyLink) -> str:
        return standing_of(link, now()).capitalize()

    @display(description="On")
    def question(self, link: ReplyLink) -> str:
        return excerpt(link.resolution.proposition.statement, 80)

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        still_open = standing_of(record, now()) is LinkStanding.OPEN
        return frozenset({"revoke"}) if still_open else frozenset()

    @action(description="Revoke", icon="link_off", permissions=["edit"])
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes a link open nothing from now on."""
        record = self.record(request, object_id)
        step = Step(
            title="Revoke this link",
            button="Revoke",
            explains=(
                f"Sent to {record.sent_to}."
                if record.sent_to
                else "It was never noted where it was sent.",
                "Whoever follows it is told whom to write to.",
            ),
            done="Revoked.",
            danger=True,
        )
        return enact(self, request, record, step, revoke_reply_link, link=record)
