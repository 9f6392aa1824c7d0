"""What may be attached, asked of the bytes alone: ending, real kind and what the browser says must agree."""

import re
import zipfile
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _

from boards.attachments import compound, zips
from boards.attachments.kinds import ENDINGS, MAIN_PARTS, Kind
from boards.attachments.names import clean_name, ending_of
from boards.attachments.pictures import MOST_PIXELS, Moving, TooManyPixels, Unreadable, drawn_anew
from forum.web.errors import Invalid

LARGEST_FILE: int = settings.LARGEST_UPLOAD
MOST_FILES = 10  # of a proposal
LARGEST_TOTAL = 50 * 1024 * 1024  # bytes of a proposal
HEAD = 1024  # bytes in which a reader looks for what a file is
MAGIC = {Kind.JPG: b"\xff\xd8\xff", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.WEBP: b"RIFF"}
PAGE = re.compile(rb"<(!doctype\s|html|script|svg|body|iframe)", re.IGNORECASE)
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
OTHER_TEXT = re.compile(r"\s*(<(!doctype|html|script|svg|\?xml)|#!|%!PS|%PDF-|\{\\rtf)", re.IGNORECASE)
ENCODINGS = ("utf-8-sig", "cp949")
MEBIBYTE = 1024 * 1024


class Examined(NamedTuple):
    """A file that may be attached: its clean name, and the bytes to keep, those of a picture drawn anew."""

    name: str
    kind: Kind
    data: bytes
    preview: bytes = b""
    preview_size: tuple[int, int] = (0, 0)


def demand_size(name: str, size: int) -> None:
    """Raise Invalid for an empty file and for one that is too large, before it is read."""
    if size == 0:
        raise refused(name, _("빈 파일입니다. 내용이 있는지 확인하고 다시 골라 주세요."))
    if size > LARGEST_FILE:
        raise refused(
            name,
            _("한 파일은 %(most)sMB까지 올릴 수 있는데 %(size)sMB입니다. 그림을 줄이거나 나누어 올려 주세요.")
            % {"most": LARGEST_FILE // MEBIBYTE, "size": f"{size / MEBIBYTE:.1f}"},
        )


def examine(raw_name: str, declared: str, data: bytes) -> Examined:
    """Return what may be kept of a file; raise Invalid with the rule that refuses it and what is possible instead."""
    name = clean_name(raw_name)
    kind = _kind_of(name, raw_name)
    demand_size(name, len(data))
    if not kind.may_be_called(declared):
        raise refused(
            name,
            _("확장자는 %(ending)s인데 브라우저는 다른 형식이라고 알려 왔습니다. 원래 프로그램에서 다시 저장해 주세요.")
            % {"ending": ending_of(name)},
        )
    _demand_content(name, kind, data)
    if not kind.is_picture:
        return Examined(name, kind, data)
    return _redrawn(name, kind, data)


def refused(name: str, why: str) -> Invalid:
    """The refusal of one file, which begins with its name."""
    return Invalid(f"‘{name}’: {why}")


def _kind_of(name: str, raw_name: str) -> Kind:
    if kind := ENDINGS.get(ending_of(name)):
        return kind
    endings = ", ".join(it.value for it in Kind)
    raise refused(
        name or clean_name(f"{raw_name}_") or "?",
        _("올릴 수 있는 형식이 아닙니다. %(endings)s 파일로 저장해서 올려 주세요.") % {"endings": endings},
    )


def _demand_content(name: str, kind: Kind, data: bytes) -> None:
    if kind is Kind.TXT:
        return _demand_text(name, data)
    if kind.is_office and data.startswith(compound.MAGIC):
        raise refused(
            name,
            _("암호가 걸렸거나 옛 형식(doc, xls, ppt)인 문서입니다. 암호를 풀고 %(ending)s로 다시 저장해 주세요.")
            % {"ending": kind.value},
        )
    if not _is(kind, name, data):
        raise _mismatch(name)
    _demand_one_kind(name, kind, data)


def _is(kind: Kind, name: str, data: bytes) -> bool:
    match kind:
        case Kind.JPG | Kind.PNG:
            return data.startswith(MAGIC[kind])
        case Kind.WEBP:
            return data.startswith(MAGIC[kind]) and data[8:12] == b"WEBP"
        case Kind.PDF:
            return data.startswith(b"%PDF-") and b"%%EOF" in data[-HEAD:] and b"startxref" in data[-HEAD:]
        case Kind.HWP:
            if not compound.is_hangul(data):
                return False
            if compound.has_macros(data):
                raise _macros(name)
            return True
    archive = _archive(name, data)
    try:
        return _is_hwpx(archive) if kind is Kind.HWPX else _is_office(archive, kind, name)
    except (zips.Damaged, expat.ExpatError, ValueError):
        return False


def _archive(name: str, data: bytes) -> zips.Archive:
    if not data.startswith(zips.LOCAL):
        raise _mismatch(name)
    try:
        return zips.Archive(data)
    except zips.Bomb as error:
        raise refused(
            name,
            _("압축을 풀면 지나치게 커지는 문서입니다. 안에 든 그림이나 빈 서식을 줄이고 다시 저장해 주세요."),
        ) from error
    except zips.Damaged as error:
        raise refused(
            name, _("문서가 깨졌거나 뒤에 다른 내용이 붙어 있습니다. 원래 프로그램에서 다시 저장해 주세요.")
        ) from error


def _is_hwpx(archive: zips.Archive) -> bool:
    """OWPML (KS X 6101): the first entry of the package is `mimetype`."""
    return archive.names[0] == "mimetype" and archive.read("mimetype").strip() == b"application/hwp+zip"


def _is_office(archive: zips.Archive, kind: Kind, name: str) -> bool:
    names = {it.lower() for it in archive.names}
    if any(it.rpartition("/")[2] == "vbaproject.bin" or "/macrosheets/" in it for it in names):
        raise _macros(name)
    parts = _declared_parts(archive.read("[Content_Types].xml"))
    if any("macroenabled" in content_type.lower() for _part, content_type in parts):
        raise _macros(name)
    return any(content_type == MAIN_PARTS[kind] and part.lstrip("/").lower() in names for part, content_type in parts)


def _declared_parts(xml: bytes) -> list[tuple[str, str]]:
    """The overrides of [Content_Types].xml; raise ExpatError or ValueError for anything with a DTD."""
    found: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] in ("Override", "Default"):
            found.append((attributes.get("PartName", ""), attributes.get("ContentType", "")))

    def refuse(*_whatever) -> None:
        raise ValueError("A package has no DTD.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
    return found


def _demand_one_kind(name: str, kind: Kind, data: bytes) -> None:
    """Refuse what another program would take for something else: a page, a PDF or an archive behind a picture."""
    head = data[:HEAD]
    is_zip = kind is Kind.HWPX or kind.is_office
    if (
        PAGE.search(head)
        or (kind is not Kind.PDF and b"%PDF-" in head)
        or (not is_zip and zipfile.is_zipfile(BytesIO(data)))
    ):
        raise refused(
            name,
            _("한 파일에 두 가지 형식이 섞여 있습니다. 원래 프로그램에서 다시 저장하거나 따로 나누어 올려 주세요."),
        )


def _demand_text(name: str, data: bytes) -> None:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text) and not OTHER_TEXT.match(text):
            return
    raise refused(
        name, _("txt 파일인데 글이 아닌 내용이 들어 있습니다. 메모장에서 UTF-8로 다시 저장하거나 pdf로 올려 주세요.")
    )


def _redrawn(name: str, kind: Kind, data: bytes) -> Examined:
    try:
        drawn = drawn_anew(data, kind, fitting=LARGEST_FILE)
    except TooManyPixels as error:
        raise refused(
            name,
            _("그림이 너무 큽니다. %(most)s화소(가로×세로)까지 올릴 수 있습니다. 크기를 줄여 다시 올려 주세요.")
            % {"most": f"{MOST_PIXELS[kind]:,}"},
        ) from error
    except Moving as error:
        raise refused(name, _("움직이는 그림은 올릴 수 없습니다. 한 장면만 저장해서 올려 주세요.")) from error
    except Unreadable as error:
        raise refused(
            name, _("그림이 깨져서 열 수 없습니다. 그림판 같은 프로그램에서 열어 다시 저장해 주세요.")
        ) from error
    if len(drawn.data) > LARGEST_FILE:
        raise refused(
            name,
            _("찍은 곳 같은 정보를 지우고 다시 저장하면 %(most)sMB를 넘습니다. 그림 크기를 줄여 다시 올려 주세요.")
            % {"most": LARGEST_FILE // MEBIBYTE},
        )
    return Examined(name, kind, drawn.data, drawn.preview, (drawn.width, drawn.height))


def _mismatch(name: str) -> Invalid:
    return refused(
        name,
        _("확장자는 %(ending)s인데 내용은 다른 형식이거나 깨졌습니다. 원래 프로그램에서 다시 저장해 주세요.")
        % {"ending": ending_of(name)},
    )


def _macros(name: str) -> Invalid:
    return refused(name, _("매크로가 들어 있는 문서는 올릴 수 없습니다. 매크로를 빼고 저장하거나 pdf로 올려 주세요."))
