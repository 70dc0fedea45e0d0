"""Duplicates: what waits for a second person, what a merge would do, and what may be the same."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from tracker.actions.duplicates import confirm, preview, propose, reject
from tracker.actions.mergers import Plan, first_said
from tracker.actions.rounds import hidden_from
from tracker.admin.alike import worklist
from tracker.admin.at_work import actor, now
from tracker.admin.base import EvidenceAdmin
from tracker.admin.blindness import is_blinded
from tracker.admin.drawings import excerpt
from tracker.admin.steps import ReasonForm, Step, address, prose, take
from tracker.domain.judging import Role
from tracker.models import Claim, Duplicate, Proposition
from tracker.models.accounts import User
from tracker.models.duplicates import DuplicateState

STATES = {"Proposed": "warning", "Merged": "success", "Rejected": "danger"}
NOUNS: dict[str, type[Proposition] | type[Claim]] = {"proposition": Proposition, "claim": Claim}
SIDES = ("kept", "dropped")
OF_CLAIMS = ("proposition__condition", "quotation__snapshot__source", "person", "organisation")
PAIR = tuple(f"{side}_claim__{way}" for side in SIDES for way in OF_CLAIMS)
PAIR += tuple(f"{side}_proposition__condition" for side in SIDES)


class AgreeForm(ReasonForm):
    """Why, where there is more to say than the proposal says."""

    reason = prose("Reason", required=False, help_text="Kept in the history.")


class WaitingFilter(admin.SimpleListFilter):
    """Whose move it is: whoever proposed a merge does not confirm it."""

    title = "waiting for"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "My decision")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "me":
            return queryset
        return queryset.filter(state=DuplicateState.PROPOSED).exclude(proposed_by=actor(request))


@admin.register(Duplicate)
class DuplicateAdmin(EvidenceAdmin):
    view_roles = frozenset({Role.CODER, Role.EDITOR, Role.ADMIN})
    related = (*PAIR, "proposed_by", "decided_by")
    list_display = ("pair", "about", "standing", "proposed_by", "proposed_at", "decided_by")
    list_filter = (WaitingFilter, "state")
    ordering = ("-id",)
    actions_list = ("likely",)
    actions_detail = ("confirm", "reject")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        texts = [f"{side}_claim__quotation__snapshot__text" for side in SIDES]
        return super().get_queryset(request).defer(*texts)

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        hidden = hidden_from(judge).values("pk")
        for way in ("proposition", "claim__proposition"):
            for side in SIDES:
                rows = rows.exclude(**{f"{side}_{way}__in": hidden})
        return rows

    @display(description="Held to be one")
    def pair(self, duplicate: Duplicate) -> str:
        return " / ".join(excerpt(_words(one), 60) for one in _both(duplicate))

    @display(description="Of")
    def about(self, duplicate: Duplicate) -> str:
        return "Claims" if duplicate.kept_claim_id else "Propositions"

    @display(description="State", ordering="state", label=STATES)
    def standing(self, duplicate: Duplicate) -> str:
        return duplicate.get_state_display()

    # --- the worklist ---

    def get_custom_urls(self) -> Any:
        return (
            (
                "propose/<str:noun>/<int:kept>/<int:dropped>/",
                "tracker_duplicate_propose",
                self.propose_view,
            ),
        )

    @action(description="Likely duplicates", icon="compare_arrows", permissions=["code"])
    def likely(self, request: HttpRequest) -> HttpResponse:
        """What came in last, beside what it may repeat."""
        return self.page(
            request, "tracker/likely.html", "Likely duplicates", suggestions=worklist(request)
        )

    # --- proposing ---

    def propose_view(
        self, request: HttpRequest, noun: str, kept: int, dropped: int, model_admin: Any = None
    ) -> HttpResponse:
        """Two records side by side, what a merge would do, and why they are one."""
        if not self.has_code_permission(request):
            raise PermissionDenied
        stays, goes = (self._seen(request, noun, pk) for pk in (kept, dropped))
        if noun == "claim":
            stays, goes = sorted((stays, goes), key=first_said)
        plan = preview(Duplicate(**{f"kept_{noun}": stays, f"dropped_{noun}": goes}))
        turned = reverse("admin:tracker_duplicate_propose", args=[noun, dropped, kept])
        other = (turned, "Keep the other one instead")
        step = Step(
            title="Are these two the same?",
            button="Propose the merge",
            explains=("Somebody else confirms or rejects it; nothing moves until then.",),
            done="Proposed: it waits for somebody else.",
            template="tracker/merge.html",
            context={
                **_shown(stays, goes, plan),
                "page_of": address(stays),
                "other": None if noun == "claim" else other,
            },
        )

        def act(data: dict[str, Any]) -> Duplicate:
            return propose(by=actor(request), now=now(), kept=stays, dropped=goes, **data)

        return take(self, request, None, step, act, ReasonForm)

    def _seen(self, request: HttpRequest, noun: str, pk: int) -> Any:
        """The record, unless this person judges it: a merge names who speaks to it."""
        if noun not in NOUNS:
            raise Http404
        model: Any = NOUNS[noun]
        page: Any = self.admin_site.get_model_admin(model)
        found = page.record(request, str(pk))
        asked = found.proposition_id if noun == "claim" else found.pk
        if is_blinded(request) and hidden_from(actor(request)).filter(pk=asked).exists():
            raise Http404
        return found

    # --- the page ---

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The pair side by side, with what confirming would do, or what was decided."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        duplicate = self.record(request, object_id)
        kept, dropped = _both(duplicate)
        waits = duplicate.state == DuplicateState.PROPOSED
        plan = preview(duplicate) if waits else Plan()
        return self.page(
            request,
            "tracker/duplicate.html",
            "Held to be one",
            duplicate,
            duplicate=duplicate,
            own=duplicate.proposed_by_id == actor(request).pk,
            with_buttons=True,
            **_shown(kept, dropped, plan),
        )

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        waits = record.state == DuplicateState.PROPOSED
        own = record.proposed_by_id == actor(request).pk
        return frozenset({"confirm", "reject"} if waits and not own else ())

    @action(
        description="Merge them", icon="merge", permissions=["code"], variant=ActionVariant.PRIMARY
    )
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes one of two."""
        record = self.record(request, object_id)
        step = Step(
            title="Merge them",
            button="Merge them",
            explains=(f"Proposed by {record.proposed_by}: {record.reason}",),
            done="They are one now; nothing was lost.",
            template="tracker/merge.html",
            context=_shown(*_both(record), preview(record)),
        )

        def act(data: dict[str, Any]) -> Duplicate:
            return confirm(by=actor(request), now=now(), duplicate=record, **data)

        return take(self, request, record, step, act, AgreeForm)

    @action(description="Keep them apart", icon="call_split", permissions=["code"])
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Says that the two are two; they are not suggested again."""
        record = self.record(request, object_id)
        step = Step(
            title="Keep them apart",
            button="Keep them apart",
            explains=(f"Proposed by {record.proposed_by}: {record.reason}",),
            done="They stay two, and are not suggested again.",
        )

        def act(data: dict[str, Any]) -> Duplicate:
            return reject(by=actor(request), now=now(), duplicate=record, **data)

        return take(self, request, record, step, act, ReasonForm)


def _both(duplicate: Duplicate) -> tuple[Any, Any]:
    if duplicate.kept_claim_id:
        return duplicate.kept_claim, duplicate.dropped_claim
    return duplicate.kept_proposition, duplicate.dropped_proposition


def _words(record: Proposition | Claim) -> str:
    return record.statement if isinstance(record, Proposition) else record.quotation.exact


def _shown(kept: Any, dropped: Any, plan: Plan) -> dict[str, Any]:
    return {
        "sides": [("Kept", kept, address(kept)), ("Merged into it", dropped, address(dropped))],
        "of_claims": isinstance(kept, Claim),
        "plan": plan,
        "obstacles": [one.message for one in plan.obstacles],
    }
