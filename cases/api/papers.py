"""Documents and messages through the API: what was issued and sent to whom, its file, and what a person was told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, READ, NamedShape, OrganShape, PersonShape, Resource, lang, named, problems
from cases.api.errors import DamagedFile
from cases.api.input import Instant, Nothing, Strict, body, query
from cases.models import Document
from cases.papers import documents
from coordination import audit, inbox
from coordination.law.catalogue import catalogue
from coordination.models import Message

NEAR = ("organisation", "addressee", "receipted_by")


class DocumentAsked(Strict):
    """What a list of documents may be narrowed by."""

    case = serializers.UUIDField(required=False)
    proceeding = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(required=False, choices=sorted(catalogue().documents))
    side = serializers.ChoiceField(
        required=False, choices=("sent", "received"), help_text="Issued by the own organs, or sent to them."
    )
    unreceipted = serializers.BooleanField(required=False, help_text="Sent, and not receipted yet.")


class DocumentShape(serializers.ModelSerializer[Document]):
    """An instrument and its marks, each with its instant. `transfer` is the proceeding in which it is receipted."""

    kind = serializers.SerializerMethodField()
    organisation = OrganShape()
    addressee = OrganShape(allow_null=True)
    issued_at = Instant(allow_null=True)
    sent_at = Instant(allow_null=True)
    delivered_at = Instant(allow_null=True)
    opened_at = Instant(allow_null=True)
    receipted_at = Instant(allow_null=True)
    receipted_by = PersonShape(allow_null=True)
    cancelled_at = Instant(allow_null=True)

    class Meta:
        model = Document
        fields = (
            "id", "kind", "number", "case", "proceeding", "step", "transfer", "organisation", "addressee", "pages",
            "content_sha256", "file_sha256", "issued_at", "sent_at", "delivered_at", "opened_at", "receipted_at",
            "receipted_by", "cancelled_at",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_kind(self, row: Document) -> dict[str, str]:
        """The kind with its titles."""
        return named(row.kind, catalogue().document(row.kind))


class Documents(Resource):
    """The documents a person may see."""

    @extend_schema(
        operation_id="document_list", tags=["documents"], parameters=[DocumentAsked], request=None,
        responses={200: DocumentShape(many=True), **LISTED},
        description="The documents the person may see, newest first: those of the own organ, those sent to it, and "
        "those of proceedings that are open to it.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(DocumentAsked, request)
        self.reads(asked)
        rows = self.visible(Document).select_related(*NEAR)
        rows = rows.filter(**{name: asked[name] for name in ("case", "proceeding", "kind") if name in asked})
        if "side" in asked:
            column = "organisation__in" if asked["side"] == "sent" else "addressee__in"
            rows = rows.filter(**{column: self.who.organs})
        if asked.get("unreceipted"):
            rows = rows.filter(sent_at__isnull=False, receipted_at__isnull=True)
        return self.page(rows, DocumentShape)


class OneDocument(Resource):
    """One document."""

    @extend_schema(
        operation_id="document_read", tags=["documents"], responses={200: DocumentShape, **READ},
        description="One document with its marks.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        return self.one(self.visible(Document).select_related(*NEAR), pk, DocumentShape)


class Pdf(BaseRenderer):
    """Lets `Accept: application/pdf` be asked; the file itself is answered as it is stored."""

    media_type, format, charset, render_style = "application/pdf", "pdf", None, "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """Hand the bytes on."""
        return bytes(data)


class File(Resource):
    """The file of a document."""

    renderer_classes = [JSONRenderer, Pdf]

    @extend_schema(
        operation_id="document_file", tags=["documents"],
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            **{(code, "application/json"): told for code, told in READ.items()},
        },
        description="The PDF as it was issued; that the addressed organ opened it is recorded.",
    )  # fmt: skip
    @transaction.atomic
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read the file."""
        query(Nothing, request, paged=False)
        row = self.find(self.visible(Document).select_related("organisation"), pk)
        try:
            content = documents.read(row)
        except (documents.Damaged, OSError):
            raise DamagedFile(gettext("The stored file is not what was recorded.")) from None
        if row.addressee_id in self.who.organs:
            documents.mark_opened(row, self.user, at=self.now)
        if row.organisation_id not in self.who.organs:
            audit.record(
                self.user, "document.read", at=self.now,
                subject=audit.Subject("document", row.pk, row.case_id, row.jurisdiction),
                organisation=self.who.held[0].at.organ if self.who.held else None,
            )  # fmt: skip
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{row.kind}-{row.file_sha256[:8]}.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class MessageAsked(Strict):
    """What the inbox may be narrowed by."""

    unread = serializers.BooleanField(required=False)
    case = serializers.UUIDField(required=False)


class MessageShape(serializers.ModelSerializer[Message]):
    """Something the person was told; `text` is in the language asked for."""

    text = serializers.SerializerMethodField()
    case = serializers.UUIDField(source="case_id", allow_null=True)
    posted_at = Instant()
    read_at = Instant(allow_null=True)

    class Meta:
        model = Message
        fields = ("id", "code", "text", "link", "case", "is_statutory", "posted_at", "read_at")

    def get_text(self, row: Message) -> str:
        """The sentence."""
        return inbox.wording(row, lang())


class ReadShape(Strict):
    """Messages that were read, by id."""

    ids = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class CountShape(serializers.Serializer[Any]):
    """How many were unread until now."""

    read = serializers.IntegerField()


class Messages(Resource):
    """The person's own inbox."""

    @extend_schema(
        operation_id="message_list", tags=["messages"], parameters=[MessageAsked], request=None,
        responses={200: MessageShape(many=True), **LISTED},
        description="What the person was told, newest first. Nobody reads another person's inbox.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(MessageAsked, request)
        rows = Message.objects.filter(recipient=self.user)
        if "unread" in asked:
            rows = rows.filter(read_at__isnull=asked["unread"])
        if "case" in asked:
            rows = rows.filter(case_id=asked["case"])
        return self.page(rows, MessageShape)


class ReadMessages(Resource):
    """Marking messages as read."""

    @extend_schema(
        operation_id="message_read", tags=["messages"], request=ReadShape,
        responses={200: OpenApiResponse(CountShape), **problems(400, 401, 415)},
        description="Mark own messages as read; ids of others are passed over.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Mark."""
        asked = body(ReadShape, request)
        return Response({"read": inbox.read(self.user, asked["ids"], at=self.now)})
