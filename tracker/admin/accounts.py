"""Who uses the tracker, and their roles; other libraries' tables, tucked away."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from tracker.actions.users import Leaving, deactivate, leaving, reactivate
from tracker.admin.at_work import actor, may, now
from tracker.admin.base import TrackerAdmin
from tracker.admin.changes import changes
from tracker.admin.steps import Step, enact
from tracker.domain.judging import Role
from tracker.domain.roles import Verb
from tracker.models import User

# Its attributes and Unfold's agree when run, not when type-checked.
AccountAdmin: Any = DjangoUserAdmin
ADMINS = frozenset({Role.ADMIN})

admin.site.unregister(Group)


def told(left: Leaving) -> tuple[str, ...]:
    """What ends and what stays open when a user is let in no more, a sentence each."""
    tokens = "No token of theirs is out."
    if left.tokens:
        tokens = f"Tokens that stop working: {left.tokens}."
    return (
        f"They can no longer log in. {tokens}",
        f"Left for others: drafts {left.drafts}, seats {left.seats}, open rounds in which they"
        f" have answered {left.rounds}.",
        "Nothing that they logged or judged is changed; they can be let in again.",
    )


class StaffForm(UserCreationForm):
    """A new user who may enter the workbench."""

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        user: User = super().save(commit)
        return user


@admin.register(User)
class UserAdmin(AccountAdmin, TrackerAdmin):
    """Only administrators see users; a role is a group."""

    view_roles = ADMINS
    add_verb = Verb.ADMINISTER
    change_verb = Verb.ADMINISTER
    form = UserChangeForm
    add_form = StaffForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "email", "role_names", "active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Roles", {"fields": ("groups", "is_active", "is_staff")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "password1", "password2")}),
        ("Roles", {"fields": ("groups",)}),
    )
    readonly_fields = ("is_active", "last_login", "date_joined")
    filter_horizontal = ()
    actions_detail = ("deactivate", "reactivate")
    actions_list = ("changes",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        return DjangoUserAdmin.get_form(self, request, obj, change=change, **options)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

    # --- who comes in no more ---

    def has_administer_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.ADMINISTER)

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.pk == actor(request).pk:
            return frozenset()
        return frozenset({"deactivate"} if record.is_active else {"reactivate"})

    @action(
        description="Deactivate…",
        icon="person_off",
        permissions=["administer"],
        variant=ActionVariant.DANGER,
    )
    def deactivate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Says what ends and what stays open, and lets the user in no more."""
        user = self.record(request, object_id)
        step = Step(
            title=f"Deactivate {user}",
            button="Deactivate",
            explains=told(leaving(user, now())),
            done=f"{user} can no longer log in.",
            danger=True,
        )
        return enact(self, request, user, step, deactivate, user=user)

    @action(description="Let in again", icon="person_check", permissions=["administer"])
    def reactivate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lets a deactivated user in again."""
        user = self.record(request, object_id)
        step = Step(
            title=f"Let {user} in again",
            button="Let in again",
            explains=(
                f"They log in as before, as {', '.join(sorted(user.roles())) or 'nobody yet'}.",
            ),
            done=f"{user} can log in again.",
        )
        return enact(self, request, user, step, reactivate, user=user)

    # --- what changed ---

    def get_custom_urls(self) -> Any:
        return (("changes/", "tracker_changes", self.changes_view),)

    @action(description="What changed", icon="history", permissions=["administer"])
    def changes(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tracker_changes"))

    def changes_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Who changed what on all records, newest first."""
        if not self.has_administer_permission(request):
            raise PermissionDenied
        return self.page(request, "tracker/changes.html", "History", found=changes(request.GET))

    @display(description="Name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @display(description="Roles", label=True)
    def role_names(self, user: User) -> list[str]:
        names = [group.name for group in user.groups.all()]
        return [*names, "superuser"] if user.is_superuser else names

    @display(description="Active", boolean=True)
    def active(self, user: User) -> bool:
        return user.is_active

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Accounts are Django's own: its form hashes the password and saves."""
        DjangoUserAdmin.save_model(self, request, obj, form, change)
