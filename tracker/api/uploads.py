"""Forms with a file: taken whole or not at all, and what may stand beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any, ClassVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser

from tracker.actions.custody import LARGEST_FILE, Upload
from tracker.actions.documents import SourceDraft
from tracker.api.bodies import Maker
from tracker.api.drafts import NamedOrganisation, SourceBody
from tracker.api.fields import Known
from tracker.api.wire import BodyTooLarge
from tracker.models import Source

LARGEST_FORM = LARGEST_FILE + 200_000  # bytes: the file, and the words about it


class FormTooLarge(BodyTooLarge):
    """A file beyond what a page may be."""

    default_detail = f"The file is larger than {LARGEST_FILE // 1_000_000} MB."


class UploadParser(MultiPartParser):
    """Reads a form whose end has arrived: Django would take half a file for a whole one."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns fields and files; raises ParseError, or FormTooLarge."""
        length = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        if length > LARGEST_FORM:
            raise FormTooLarge
        try:
            form = stream.read(LARGEST_FORM + 1)
        except UnreadablePostError as error:
            raise ParseError("The form broke off: send it again.") from error
        if len(form) < length or not form.rstrip().endswith(b"--"):
            raise ParseError("The form broke off: send it again.")
        return super().parse(BytesIO(form), media_type, dict(parser_context or {}))


@extend_schema_field(OpenApiTypes.BINARY)
class File(serializers.FileField):
    """A part of a form with the bytes of a file, whether it has a file's name or none."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str):
            data = SimpleUploadedFile("file", data.encode(), content_type="")
        return super().to_internal_value(data)


def _upload(*, file: Any, source: Source | None = None, **said: Any) -> Upload:
    captured_at = said.pop("captured_at", None)
    file.seek(0)  # whoever starts over reads it again
    return Upload(
        data=file.read(),
        declared=file.content_type or "",
        source=SourceDraft(id=source.pk if source else None, **said),
        captured_at=captured_at,
    )


class UploadBody(SourceBody):
    """A file, HTML, PDF or plain text, and its source: by id, or by address and title."""

    id = None  # type: ignore[assignment]  # takes the inherited field away, as REST framework has it
    source: Any = Known(Source, required=False, help_text="Id.")
    # A form has no null: what is not known is left out.
    outlet = NamedOrganisation(required=False)
    published_on = serializers.DateField(required=False)
    file = File(allow_empty_file=True, help_text="At most 10 MB.")
    captured_at = serializers.DateTimeField(
        required=False, help_text="When the page stood so; left out: now, or the archive's time."
    )

    makes: ClassVar[Maker] = _upload
