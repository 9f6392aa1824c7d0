"""The kinds of files that are taken: their endings, what a browser may call them, and what they are served as."""

from django.db import models
from django.utils.translation import gettext_lazy as _

OFFICE = "application/vnd.openxmlformats-officedocument."
UNKNOWN = frozenset({"", "application/octet-stream"})  # what a browser says of a file it does not know
ZIPPED = frozenset({"application/zip", "application/x-zip-compressed"})


class Kind(models.TextChoices):
    JPG = "jpg", _("JPG 그림")
    PNG = "png", _("PNG 그림")
    WEBP = "webp", _("WebP 그림")
    PDF = "pdf", _("PDF 문서")
    HWP = "hwp", _("한글 문서")
    HWPX = "hwpx", _("한글 문서")
    DOCX = "docx", _("워드 문서")
    XLSX = "xlsx", _("엑셀 문서")
    PPTX = "pptx", _("파워포인트 문서")
    TXT = "txt", _("텍스트 문서")

    @property
    def content_type(self) -> str:
        """What the file is served as."""
        return SERVED[self]

    @property
    def is_picture(self) -> bool:
        return self in PICTURES

    @property
    def is_office(self) -> bool:
        return self in MAIN_PARTS

    def may_be_called(self, declared: str) -> bool:
        """Tell whether a browser may send this kind under this content type."""
        told = declared.partition(";")[0].strip().lower()
        return told in UNKNOWN or told in CALLED[self]


PICTURES = frozenset({Kind.JPG, Kind.PNG, Kind.WEBP})
ENDINGS: dict[str, Kind] = {**{kind.value: kind for kind in Kind}, "jpeg": Kind.JPG}

# The content type of the part that makes an OOXML package a document of its kind (ECMA-376 part 1).
MAIN_PARTS: dict[Kind, str] = {
    Kind.DOCX: f"{OFFICE}wordprocessingml.document.main+xml",
    Kind.XLSX: f"{OFFICE}spreadsheetml.sheet.main+xml",
    Kind.PPTX: f"{OFFICE}presentationml.presentation.main+xml",
}

SERVED: dict[Kind, str] = {
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.HWP: "application/x-hwp",
    Kind.HWPX: "application/hwp+zip",
    Kind.DOCX: f"{OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{OFFICE}spreadsheetml.sheet",
    Kind.PPTX: f"{OFFICE}presentationml.presentation",
    Kind.TXT: "text/plain",
}

CALLED: dict[Kind, frozenset[str]] = {
    Kind.JPG: frozenset({"image/jpeg", "image/jpg", "image/pjpeg"}),
    Kind.PNG: frozenset({"image/png", "image/x-png"}),
    Kind.WEBP: frozenset({"image/webp"}),
    Kind.PDF: frozenset({"application/pdf", "application/x-pdf"}),
    Kind.HWP: frozenset(
        {
            "application/x-hwp",
            "application/haansofthwp",
            "application/vnd.hancom.hwp",
            "application/hwp",
            "application/x-ole-storage",
        }
    ),
    Kind.HWPX: ZIPPED
    | {"application/hwp+zip", "application/haansofthwpx", "application/vnd.hancom.hwpx", "application/x-hwpx"},
    Kind.DOCX: ZIPPED | {f"{OFFICE}wordprocessingml.document"},
    Kind.XLSX: ZIPPED | {f"{OFFICE}spreadsheetml.sheet"},
    Kind.PPTX: ZIPPED | {f"{OFFICE}presentationml.presentation"},
    Kind.TXT: frozenset({"text/plain"}),
}
