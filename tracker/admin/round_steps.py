"""The buttons of a round's page: seats and exceptions, and the moves that lead to a resolution."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget

from tracker.actions.duties import assign, grant_override, release, take_seat
from tracker.actions.resolutions import resolve
from tracker.actions.rounds import abandon, contest, escalate, settled
from tracker.admin.at_work import actor, may, now, roles_of
from tracker.admin.ballots import ResolveForm
from tracker.admin.base import TrackerAdmin
from tracker.admin.steps import ReasonForm, Step, enact, prose, take, wide
from tracker.domain.judging import OUTCOME_LABELS, STAGES, Role, State, moves_from
from tracker.domain.roles import Verb
from tracker.models import Assignment, Round, User


def _who(label: str) -> forms.ModelChoiceField[User]:
    """One of the people who judge."""
    return forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("username"),
        label=label,
        widget=wide(UnfoldAdminSelectWidget()),
    )


class SeatForm(forms.Form):
    """Who is to judge."""

    judge = _who("Judge")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        judges = User.objects.filter(is_active=True, groups__name=Role.JUDGE)
        self.fields["judge"].queryset = judges.order_by("username")  # type: ignore[attr-defined]  # a field of choices


class ExceptionForm(forms.Form):
    """Who may judge in spite of an earlier duty, and why nobody else can."""

    judge = _who("Who")
    reason = prose("Reason", help_text="Listed for ever beside the round.")


class RoundSteps(TrackerAdmin):
    """What may be done in a round; a move's button has the name that the table gives it."""

    actions_detail = (
        "resolve",
        "take_seat",
        "leave_seat",
        "assign",
        "escalate",
        "contest",
        "override",
        "abandon",
    )

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        state = State(record.state)
        offered = {move.value for move in moves_from(state, roles_of(request))}
        if state is State.OPEN:
            offered |= {"assign", self._seat(request, record)}
        if state in STAGES:
            offered.add("override")
        return frozenset(offered)

    def _seat(self, request: HttpRequest, record: Round) -> str:
        if self._own_seat(request, record) is not None:
            return "leave_seat"
        free = Round.objects.awaiting(actor(request)).filter(pk=record.pk).exists()
        return "take_seat" if may(request, Verb.JUDGE) and free else ""

    def _own_seat(self, request: HttpRequest, record: Round) -> Assignment | None:
        """The seat of the person at work, while their verdict is not in."""
        judge = actor(request)
        if record.verdicts.filter(judge=judge).exists():
            return None
        return record.assignments.standing().filter(judge=judge).first()

    @action(
        description="Take a seat",
        icon="event_seat",
        permissions=["judge"],
        url_path="take-seat",
    )
    def take_seat(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keeps a seat for the judge at work."""
        record = self.record(request, object_id)
        step = Step(
            title="Take a seat in this round",
            button="Take the seat",
            explains=("Nobody else can take it until you give it back.",),
            done="The seat is yours.",
        )
        return enact(self, request, record, step, take_seat, round=record, stay=True)

    @action(
        description="Give my seat back",
        icon="event_busy",
        permissions=["judge"],
        url_path="leave-seat",
    )
    def leave_seat(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Frees the seat of the judge at work."""
        record = self.record(request, object_id)
        step = Step(
            title="Give your seat back",
            button="Give it back",
            explains=("Another judge can take it then.",),
            done="The seat is free.",
        )
        by = actor(request)

        def act(_: dict[str, Any]) -> None:
            seat = self._own_seat(request, record)
            if seat is not None:
                release(by=by, now=now(), assignment=seat)

        return take(self, request, record, step, act)

    @action(description="Assign a judge", icon="person_add", permissions=["edit"])
    def assign(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Gives one of the seats to a judge."""
        record = self.record(request, object_id)
        seated = [str(seat.judge) for seat in record.assignments.standing().select_related("judge")]
        step = Step(
            title="Assign a judge",
            button="Assign",
            explains=(
                f"Seats: {record.needed}. Taken: {', '.join(seated) or 'none'}.",
                "Whoever coded or read a claim on this proposition is refused.",
            ),
            done="The seat is given.",
        )
        return enact(self, request, record, step, assign, SeatForm, round=record, stay=True)

    @action(description="Make an exception", icon="rule", permissions=["edit"])
    def override(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lets one person judge in spite of an earlier duty."""
        record = self.record(request, object_id)
        step = Step(
            title="Let somebody judge in spite of an earlier duty",
            button="Make the exception",
            explains=(
                "Coder, reader and judge are different people; an appeal gets fresh judges.",
                "Every exception is listed with your name and reason.",
            ),
            done="The exception is on record.",
            danger=True,
        )
        return enact(
            self, request, record, step, grant_override, ExceptionForm, round=record, stay=True
        )

    @action(
        description="Resolve",
        icon="task_alt",
        permissions=["edit"],
        variant=ActionVariant.PRIMARY,
    )
    def resolve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Turns what the verdicts settle into a resolution."""
        record = self.record(request, object_id)
        ballot = settled(record).ballot
        answer = OUTCOME_LABELS[ballot.outcome] if ballot else "nothing yet"
        step = Step(
            title="Resolve",
            button="Resolve",
            explains=(
                f"“{record.proposition.statement}”",
                f"The verdicts settle: {answer}.",
                "The named speaker can reply before it is published.",
            ),
            done="Resolved. The reply window is open.",
        )
        return enact(self, request, record, step, resolve, ResolveForm, round=record)

    @action(description="Escalate", icon="keyboard_double_arrow_up", permissions=["judge"])
    def escalate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sends a split round to an adjudicator."""
        record = self.record(request, object_id)
        step = Step(
            title="Escalate",
            button="Send to an adjudicator",
            explains=("Judges are still apart: somebody who was not involved decides.",),
            done="An adjudicator decides now.",
        )
        return enact(self, request, record, step, escalate, round=record)

    @action(description="Contest", icon="groups", permissions=["edit"])
    def contest(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sends an agreed round to a panel."""
        record = self.record(request, object_id)
        step = Step(
            title="Contest",
            button="Call a panel of three",
            explains=("Three people who were not in the round vote; two votes carry.",),
            done="A panel decides now.",
        )
        return enact(self, request, record, step, contest, round=record)

    @action(
        description="Abandon",
        icon="block",
        permissions=["edit"],
        variant=ActionVariant.DANGER,
    )
    def abandon(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Closes a round without a resolution."""
        record = self.record(request, object_id)
        step = Step(
            title="Abandon the round",
            button="Abandon",
            explains=("Its verdicts stay on record; the proposition can be judged anew.",),
            done="The round is closed.",
            danger=True,
        )
        return enact(self, request, record, step, abandon, ReasonForm, round=record)
