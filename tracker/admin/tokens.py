"""Tokens for the API: one's own, made here, shown once, revoked here; administrators see all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.decorators import action, display

from tracker.actions.tokens import make_token, revoke_token
from tracker.admin.at_work import actor, may, now
from tracker.admin.base import TrackerAdmin
from tracker.admin.steps import Step, choice, line, take
from tracker.domain.roles import Scope, Verb
from tracker.models import Token, User

LIST = "admin:tracker_token_changelist"
DOES = {
    Scope.CODE: "code: log, code and import claims, record outcomes",
    Scope.JUDGE: "judge: answer rounds, record outcomes",
    Scope.EDIT: "edit: open rounds, resolve, publish, curate",
}
LASTS = {"7": "a week", "30": "30 days", "90": "90 days", "365": "a year"}
ENDED, IN_FORCE = "Ended", "In force"


class TokenForm(forms.Form):
    """What a token is for, what it may do, and for how long."""

    name = line("What it is for", required=False, help_text="Such as “nightly export”.")
    scopes = forms.MultipleChoiceField(
        label="What it may do besides reading",
        choices=[(scope.value, words) for scope, words in DOES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="It never does more than its user's roles allow.",
    )
    days = choice("It ends after", list(LASTS.items()), required=True)


class TokenOfForm(TokenForm):
    """An administrator may make one for somebody else."""

    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label="Whose",
        required=False,
        widget=AutocompleteSelect(Token._meta.get_field("user"), admin.site),
        help_text="Left empty, it is yours.",
    )


@admin.register(Token)
class TokenAdmin(TrackerAdmin):
    """Which tokens are out; the token itself was shown once and is stored as a hash."""

    add_verb = Verb.FOLLOW
    warn_unsaved_form = False
    list_display = ("title", "user", "standing", "may_do", "expiry", "last_used_at", "created")
    list_select_related = ("user",)
    search_fields = ("user__username", "name", "token_key")
    search_help_text = "A user, or what the token is for"
    fields = ("user", "name", "may_do", "token_key", "created", "last_used_at", "expiry")
    ordering = ("-created",)
    actions_detail = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One's own; an administrator's are all."""
        mine = Token.objects.of(actor(request)).values("pk")
        return super().get_queryset(request).filter(pk__in=mine)

    @display(description="Token")
    def title(self, token: Token) -> str:
        return token.name or f"{token.token_key}…"

    @display(description="Standing", label={IN_FORCE: "success", ENDED: ""})
    def standing(self, token: Token) -> str:
        return IN_FORCE if token.expiry > now() else ENDED

    @display(description="May")
    def may_do(self, token: Token) -> str:
        return ", ".join(token.scopes)

    def adding(self, request: HttpRequest) -> HttpResponse:
        """Makes a token and shows it this once."""
        step = Step(
            title="Make a token",
            button="Make the token",
            explains=(
                "A script shows a token instead of a password, in the header “Authorization: Token"
                " …”. It reads what its user may read.",
            ),
            context={"page_of": reverse(LIST)},
        )
        form = TokenOfForm if may(request, Verb.ADMINISTER) else TokenForm
        known = {"expires_at": "days"}
        return take(
            self,
            request,
            None,
            step,
            lambda data: self._made(request, data),
            form,
            initial={"days": "90"},
            known_as=known,
        )

    def _made(self, request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
        moment = now()
        made = make_token(
            by=actor(request),
            now=moment,
            user=data.get("user"),
            name=data["name"],
            scopes=[Scope(scope) for scope in data["scopes"]],
            expires_at=moment + timedelta(days=int(data["days"])),
        )
        return self.page(
            request,
            "tracker/once.html",
            "The token",
            inside=True,
            address=made.secret,
            explains=f"It may {', '.join(made.token.scopes)}, until {made.token.expiry:%Y-%m-%d}."
            " Whoever has it can do the same: keep it where you keep passwords.",
            back=reverse(LIST),
        )

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        return frozenset({"revoke"})

    @action(description="Revoke", icon="key_off")
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ends a token at once; history keeps that it was."""
        token = self.record(request, object_id)
        step = Step(
            title="Revoke this token",
            button="Revoke",
            explains=(
                f"{token}. What still comes with it is refused from now on.",
                "This cannot be undone; its owner can make another.",
            ),
            danger=True,
        )

        def act(_: dict[str, Any]) -> HttpResponse:
            revoke_token(by=actor(request), token=token)
            messages.success(request, "Revoked.")
            return HttpResponseRedirect(reverse(LIST))

        return take(self, request, token, step, act)
