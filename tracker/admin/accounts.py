"""Who uses the tracker, their roles and their tokens; other libraries' tables, tucked away."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from procrastinate.contrib.django.models import ProcrastinateJob
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from tracker.admin.base import EvidenceAdmin, TrackerAdmin
from tracker.domain.judging import Role
from tracker.domain.roles import Verb
from tracker.models import Token, User

# Its attributes and Unfold's agree when run, not when type-checked.
AccountAdmin: Any = DjangoUserAdmin
ADMINS = frozenset({Role.ADMIN})

for unstyled in (Group, ProcrastinateJob):
    admin.site.unregister(unstyled)


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
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        return DjangoUserAdmin.get_form(self, request, obj, change=change, **options)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

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


@admin.register(Token)
class TokenAdmin(EvidenceAdmin):
    """Which tokens are out; the token itself was shown once and is stored as a hash."""

    view_roles = ADMINS
    list_display = ("user", "token_key", "created", "expiry")
    list_select_related = ("user",)
    search_fields = ("user__username", "token_key")
    fields = ("user", "token_key", "created", "expiry")
    ordering = ("-created",)


@admin.register(ProcrastinateJob)
class JobAdmin(EvidenceAdmin):
    """What the worker has done and has yet to do."""

    view_roles = ADMINS
    list_display = ("id", "task_name", "status", "queue_name", "scheduled_at", "attempts")
    list_filter = ("status", "queue_name")
    search_fields = ("task_name",)
    fields = (*list_display, "args")
    ordering = ("-id",)
