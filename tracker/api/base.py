"""What every noun's view has in common: who comes in, what is listed, how a writing is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeAlias

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from tracker.actions.records import locked
from tracker.actions.transactions import together
from tracker.api import fieldsets, formats, pages, preconditions
from tracker.api.access import MayEnter, sight_of
from tracker.api.bodies import Body
from tracker.api.fields import address
from tracker.api.fieldsets import Told
from tracker.api.filters import Filter
from tracker.api.formats import ByRequest, Shape
from tracker.api.pages import KeysetPagination, Order
from tracker.api.projections import ALL
from tracker.api.receipts import Receipted
from tracker.api.sight import Sight
from tracker.api.tables import Table
from tracker.api.wire import JSONRenderer, garbled
from tracker.models import User

Records: TypeAlias = QuerySet[Any] | Sequence[Any]
# Addresses end up in logs and histories: a token that stood in one is no secret any more.
MISPLACED = dict.fromkeys(
    ("token", "access_token", "api_key", "apikey", "auth_token", "authorization"),
    "A token goes into the Authorization header only: revoke this one, and make another.",
)

# Columns that clients know by another name.
ORDER_NAMES = {"sort_name": "name", "pk": "id"}


class Noun(Receipted, Told, GenericViewSet[Any]):
    """One noun's list and records; subclasses add what may be done with them.

    Every list and record is a table too; `shapes` are further ones, `takes` what else can be filed.
    `queryset` brings along what `serializer_class` shows, in lists, and `full_serializer_class`,
    where it differs, of one record; `bodies` names what each action takes. `order` is that of
    the list, `orders` are all that a client may ask for, by name.
    """

    noun = ""
    permission_classes = (MayEnter,)
    pagination_class = KeysetPagination
    lookup_url_kwarg = "key"
    lookup_value_regex = "[^/]+"
    queryset: QuerySet[Any]
    order: ClassVar[Order] = Order(("id",))
    orders: ClassVar[Mapping[str, Order]] = {}
    full_serializer_class: ClassVar[type[serializers.BaseSerializer[Any]] | None] = None
    filterset_class: type[Filter] | None = None
    bodies: ClassVar[Mapping[str, type[Body]]] = {}
    content_negotiation_class = ByRequest
    tabled = True
    shapes: ClassVar[tuple[type[Shape], ...]] = ()
    shaped_actions: ClassVar[tuple[str, ...]] = ("list", "retrieve")
    takes: ClassVar[tuple[type[BaseParser], ...]] = ()

    def get_renderers(self) -> list[BaseRenderer]:
        reads = self.request is None or self.request.method in SAFE_METHODS
        tables: tuple[type[Shape], ...] = (Table,) if reads and self.tabled else ()
        shaped = getattr(self, "action", "") in self.shaped_actions
        return [JSONRenderer(), *(one() for one in (*tables, *(self.shapes if shaped else ())))]

    def get_parsers(self) -> list[BaseParser]:
        # The action is not known yet when a request is opened; its method and address are.
        filing = self.request is not None and self.request.method == "POST" and not self.kwargs
        filing = filing and getattr(self, "action", "create") == "create"
        return [*super().get_parsers(), *(taken() for taken in (self.takes if filing else ()))]

    @property
    def sight(self) -> Sight:
        return sight_of(self.request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, self._parameters())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        return preconditions.tagged(
            request, super().finalize_response(request, response, *args, **kwargs)
        )

    def _parameters(self) -> set[str]:
        if self.action not in ("list", "retrieve"):
            return set()
        if self.action == "retrieve":
            return self.told_by
        filters = self.filterset_class.get_filters() if self.filterset_class else ()
        return {*pages.OF_NOUNS, *self.told_by, *filters}

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Returns what describes an answer: lists are brief, one record is told in full."""
        full = self.full_serializer_class if self.action != "list" else None
        return full or super().get_serializer_class()

    def get_queryset(self) -> QuerySet[Any]:
        return self.sight.see(self.queryset.all())

    def get_object(self) -> Any:
        """Returns the record of this address; what may not be seen is not there."""
        found = self._addressed().first()
        if found is None:
            raise Http404
        return found

    def _addressed(self) -> QuerySet[Any]:
        """The record of this id, uuid or slug, if there is one to see."""
        question = address(self.queryset.model, self.kwargs["key"])
        records = self.get_queryset()
        return records.filter(**question) if question else records.none()

    @classmethod
    def orders_asked(cls) -> Mapping[str, Order]:
        """All orders that a client may ask for, by name: the noun's own, from either end."""
        name = ORDER_NAMES.get(cls.order.columns[0], cls.order.columns[0])
        falling = cls.order if cls.order.descending else cls.order.turned
        return {name: falling.turned, f"-{name}": falling, **cls.orders}

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "sight": self.sight, "wanted": self.needed}

    @classmethod
    def shape(cls, *, full: bool) -> type[serializers.BaseSerializer[Any]]:
        """The serializer of a list's records or, `full`, of one record."""
        found = (cls.full_serializer_class if full else None) or cls.serializer_class
        assert found is not None, "a noun names its serializer"
        return found

    @classmethod
    def present(cls, records: Records, context: Mapping[str, Any], *, full: bool) -> list[Any]:
        """Returns records of `queryset` as they go out; one in full need not be read yet."""
        found = cls.shape(full=full)(records, many=True, context=dict(context))
        fieldsets.narrow(found, context.get("wanted", ALL))
        return list(found.data)

    def listed(self, records: QuerySet[Any], order: Order) -> QuerySet[Any]:
        """Returns records as `order` and `present` take them: whole, unless both need less."""
        return records

    def list(self, request: Request) -> Response:
        assert self.paginator is not None, "every list is paged"
        records = self.filter_queryset(self.get_queryset())
        page = self.paginator.paginate_queryset(records, request, view=self) or []
        context = self.get_serializer_context()
        rows = self.told(self.present(page, context, full=False), context)
        return self.paginator.get_paginated_response(rows)

    def retrieve(self, request: Request, key: str) -> Response:
        context = self.get_serializer_context()
        found = self.present(self._addressed(), context, full=True)
        if not found:
            raise Http404
        return Response(self.told(found, context)[0], headers=self._state_of_whole(context))

    def _state_of_whole(self, context: Mapping[str, Any]) -> dict[str, str]:
        """The tag of a record that is shown otherwise: a change is made on the whole of it."""
        in_json = isinstance(self.request.accepted_renderer, JSONRenderer)
        if self.told_whole or not in_json:
            return {}
        whole = self.present(self._addressed(), {**context, "wanted": ALL}, full=True)
        return {"ETag": preconditions.tag_of_record(whole[0])} if whole else {}

    def sent(self, body: type[Body] | None = None) -> Any:
        """Returns what the client sent, as the action takes it; raises ValidationError."""
        taken = body or self.bodies[self.action]
        return taken.read(self.request.data, self.get_serializer_context())

    @property
    def by(self) -> User:
        """Who acts; nobody without a role comes as far as an action."""
        user = self.request.user
        assert isinstance(user, User), "MayEnter lets only users with a role write"
        return user

    @property
    def act(self) -> dict[str, Any]:
        """Who acts, and when: what most actions take besides the body."""
        return {"by": self.by, "now": timezone.now()}

    def standing(self, record: Model, view: type[Noun] | None = None) -> Any:
        """Returns a record as it would go out now."""
        view = view or type(self)
        found = view.queryset.filter(pk=record.pk)
        return view.present(found, self.get_serializer_context(), full=True)[0]

    def shown(self, record: Model, view: type[Noun] | None = None, status: int = 200) -> Response:
        """Answers with a record as it stands now, which may be of another noun."""
        view = view or type(self)
        body = self.standing(record, view)
        if status != 201:
            return Response(body, status=status)
        where = reverse(f"{view.noun}-detail", args=[record.pk], request=self.request)
        return Response(body, status=status, headers={"Location": where})


def is_offered(request: Request) -> bool:
    """Whether the method exists here: one that does not is refused for that, whatever it asks."""
    return hasattr(request.parser_context["view"], str(request.method).lower())


def refuse_unknown_parameters(
    request: Request, known: Iterable[str], or_empty: Iterable[str] = ()
) -> None:
    """Raises ValidationError for every query parameter that is not among these, or is empty.

    `or_empty` may be empty: other people's clients send them so.
    """
    given = set(request.query_params) if is_offered(request) else set()
    if unreadable := sorted(garbled(request)) if given else []:
        raise ValidationError(dict.fromkeys(unreadable, "Write it in UTF-8."), code="not_utf8")
    shapes = formats.names(request)
    unknown = sorted(given - set(known) - ({formats.PARAMETER} if len(shapes) > 1 else set()))
    if unknown:
        told = {
            name: MISPLACED.get(name.lower(), "There is no such parameter here.")
            for name in unknown
        }
        raise ValidationError(told, code="unknown_parameter")
    empty = sorted(name for name in given - set(or_empty) if not request.query_params[name])
    if empty:
        raise ValidationError(
            dict.fromkeys(empty, "Give it a value, or leave it out."), code="empty_parameter"
        )
    if formats.PARAMETER in given and request.query_params[formats.PARAMETER] not in shapes:
        sentence = f"format is one of: {', '.join(shapes)}."
        raise ValidationError({formats.PARAMETER: sentence}, code="unknown_format")


class Creates:
    """Adds POST to the list: `make` calls the action."""

    def create(self: Any, request: Request) -> Response:
        made: Response = self.shown(self.make(self.sent()), status=201)
        return made


class Changes:
    """Adds PATCH to the record: `change` calls the action with what was sent.

    The state that the client has seen is compared once the row is held, in the transaction that
    changes it: of two who have seen the same, one is told.
    """

    def partial_update(self: Any, request: Request, key: str) -> Response:
        record = self.get_object()
        sent = self.sent()
        reason = sent.pop("reason", "")
        wanted = preconditions.tags_wanted(request)

        def work() -> Response:
            held = locked(record)
            preconditions.check(wanted, self.standing(held))
            changed: Response = self.shown(self.change(held, reason, dict(sent)))
            return changed

        return together(work)
