"""Lists of a million rows: counted no further than people page, saved filters, and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qsl, urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from tracker.admin.at_work import actor, may
from tracker.admin.exports import csv_of
from tracker.admin.guides import GUIDES, Guide, Saved

if TYPE_CHECKING:  # generic for the type checker only
    RowPaginator = Paginator[Any]
else:
    RowPaginator = Paginator

COUNT_UP_TO = 10_000
# What an address of a list says besides its filters: which page, in which order.
NO_SUCH_FILTER = "This list has no such filter: open it, choose its filters there, and export."
PAGING = frozenset({"p", "o", "all", "e"})


class CappedPaginator(RowPaginator):
    """Counts no further than people page, so that a list of a million rows opens as fast."""

    template_name = "tracker/pagination.html"

    @cached_property
    def found(self) -> int:
        """The number of rows, or one more than COUNT_UP_TO where there are more."""
        rows: Any = self.object_list
        counted: int = rows.order_by()[: COUNT_UP_TO + 1].count()
        return counted

    @cached_property
    def count(self) -> int:
        """The number of rows that pages show."""
        return min(self.found, COUNT_UP_TO)

    @property
    def capped(self) -> bool:
        return self.found > COUNT_UP_TO


@dataclass(frozen=True)
class Tab:
    """A saved filter as a link."""

    words: str
    address: str
    chosen: bool


class TrackerList(ChangeList):
    """A list that never counts the whole table beside what was found in it."""

    result_list: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.full_result_count = self.result_count
        self.result_list = self.model_admin.dressed(list(self.result_list))

    def chosen(self) -> Iterator[Tab]:
        """The filters in force in words, each a link to the list without it."""
        for spec in self.filter_specs:
            everything, *choices = spec.choices(self)
            for choice in choices:
                if choice["selected"]:
                    yield Tab(
                        f"{spec.title}: {choice['display']}", everything["query_string"], True
                    )


def asked_for(query: str) -> frozenset[tuple[str, str]]:
    """The filters in an address, whatever page and order it names besides."""
    given = parse_qsl(query, keep_blank_values=True)
    return frozenset((name, value) for name, value in given if name not in PAGING)


class Listing(ModelAdmin):
    """What every list has: a question that it answers, saved filters, and its rows as a file."""

    paginator = CappedPaginator
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    change_list_template = "tracker/list.html"
    exported: ClassVar[bool] = True

    @property
    def guide(self) -> Guide:
        """What the list is for; a noun without a guide has a plain list."""
        return GUIDES.get(self.opts.model_name, Guide())

    @property
    def called(self) -> str:
        """What people call the rows."""
        return self.guide.title or str(self.opts.verbose_name_plural)

    def dressed(self, rows: list[Any]) -> list[Any]:
        """The rows of one page with what one more question tells about all of them."""
        return rows

    def get_changelist(self, request: HttpRequest, **options: Any) -> Any:
        return TrackerList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list below the question that it answers and its saved filters."""
        vars(request)["called"] = self.called
        tabs = list(self.tabs(request))
        kept = urlencode(sorted(asked_for(request.META["QUERY_STRING"])))
        link = f"{reverse(f'admin:{self._export_name}')}?{kept}".removesuffix("?")
        context = {
            "tabs": tabs,
            "saved": any(tab.chosen for tab in tabs),
            "export": link,
            "title": self.called.capitalize(),
        }
        found: HttpResponse = super().changelist_view(request, context | (extra_context or {}))
        return found

    def tabs(self, request: HttpRequest) -> Iterator[Tab]:
        """The saved filters of whoever may have a use for them, all rows first."""
        here = asked_for(request.META["QUERY_STRING"])
        saved: Sequence[Saved] = [each for each in self.guide.saved if self._useful(request, each)]
        for each in (Saved("All", ""), *saved) if saved else ():
            query = each.query.format(me=actor(request).pk)
            yield Tab(each.words, f"?{query}", asked_for(query) == here)

    def _useful(self, request: HttpRequest, saved: Saved) -> bool:
        return saved.verb is None or may(request, saved.verb)

    # --- as a file ---

    @property
    def _export_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def get_urls(self) -> list[URLPattern]:
        export = path(
            "export/", self.admin_site.admin_view(self.export_view), name=self._export_name
        )
        return [export, *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """What is filtered, as CSV, row after row: all that there are, seen as in the list."""
        if not self.exported:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseBadRequest(NO_SUCH_FILTER, content_type="text/plain")
        name = f"{self.called}-{timezone.localdate()}.csv".replace(" ", "-")
        return StreamingHttpResponse(
            csv_of(self, request, rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
