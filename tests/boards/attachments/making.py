"""Files made by hand, byte by byte where it matters: honest ones of every kind, and what hostile ones are made of."""

import io
import struct
import zipfile
import zlib

from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OFFICE}presentationml.presentation.main+xml"),
}
DECLARED = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "hwp": "application/x-hwp",
    "hwpx": "application/octet-stream",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "txt": "text/plain",
}
PIL_NAMES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
GPS, MAKER = 0x8825, 0x010F


def picture(kind: str, *, size=(40, 30), mode="RGB", **options) -> bytes:
    """A picture as a phone makes it: with its maker and the place where it was taken."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    exif = Image.Exif()
    exif[MAKER] = "Hanbit Phone"
    exif.get_ifd(GPS)[2] = (37.0, 33.0, 59.0)
    out = io.BytesIO()
    image.save(out, format=PIL_NAMES[kind], exif=exif, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels and holds a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, format=PIL_NAMES[kind], save_all=True, append_images=frames[1:])
    return out.getvalue()


def pdf(body: bytes = b"") -> bytes:
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n" + body
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n%d\n%%%%EOF\n" % len(head)
    return head + table


def packed(*entries: tuple[str, bytes], stored: frozenset[str] = frozenset()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kind)
    return out.getvalue()


def office(
    kind: str, *more: tuple[str, bytes], main_type: str | None = None, declaration: bytes | None = None
) -> bytes:
    part, content_type = MAIN[kind]
    types = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main_type or content_type}"/></Types>'
    ).encode()
    return packed(("[Content_Types].xml", declaration or types), ("_rels/.rels", b"<r/>"), (part, b"<d/>"), *more)


def hwpx(*more: tuple[str, bytes], mimetype: bytes = b"application/hwp+zip") -> bytes:
    entries = [("mimetype", mimetype), ("version.xml", b"<v/>"), ("Contents/content.hpf", b"<p/>"), *more]
    return packed(*entries, stored=frozenset({"mimetype"}))


def hwp(
    *, signature: bytes = b"HWP Document File", more: str = "BodyText", circular: bool = False, tail: bytes = b""
) -> bytes:
    """A compound file of 512-byte sectors: FAT, directory, small FAT, small streams; FileHeader is 256 bytes."""
    end, fat_mark, free = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    head = struct.pack(
        "<8s16s5H6s9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, 1, 1, 0, 4096, 2, 1, end, 0,
    ) + struct.pack("<109L", 0, *[free] * 108)  # fmt: skip
    fat = struct.pack("<128L", fat_mark, 1 if circular else end, end, end, *[free] * 124)
    small_fat = struct.pack("<128L", 1, 2, 3, end, *[free] * 124)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        links = struct.pack("<3L", free, free, child)
        return (
            text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1) + links + bytes(36)
            + struct.pack("<LLL", start, size, 0)
        )  # fmt: skip

    directory = (
        entry("Root Entry", 5, 1, 3, 512) + entry("FileHeader", 2, free, 0, 256) + entry(more, 1, free, end, 0)
        + bytes(128)
    )  # fmt: skip
    small = signature.ljust(32, b"\0") + b"\x00\x01\x01\x05" + bytes(220)
    return head + fat + directory + small_fat + small.ljust(512, b"\0") + tail


HONEST: dict[str, bytes] = {
    "jpg": picture("jpg"),
    "png": picture("png"),
    "webp": picture("webp"),
    "pdf": pdf(),
    "hwp": hwp(),
    "hwpx": hwpx(),
    "docx": office("docx"),
    "xlsx": office("xlsx"),
    "pptx": office("pptx"),
    "txt": "시보떡을 없애자는 제안의 근거 자료입니다.\r\n".encode(),
}
