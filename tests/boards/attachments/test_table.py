"""The table of uploads: honest files of every kind are taken, all others refused by a rule, and nothing is left."""

import hashlib
import io
import os
import zipfile

import pytest
from PIL import Image

from boards.attachments import store
from boards.attachments.kinds import Kind
from boards.attachments.models import Attachment
from boards.attachments.rules import LARGEST_FILE
from tests.boards.attachments.making import GPS, HONEST, hwp, hwpx, moving, office, packed, pdf, picture, png_of
from tests.boards.attachments.uploading import nothing_is_left, on_disk, part, path_of, send
from tests.boards.browsing import draft_of, text, words

MB = 1024 * 1024
PAGE = b"<html><script>alert(1)</script></html>"
ZIP = packed(("evil.txt", b"x"))
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Types>&b;</Types>'
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
ZEROS = bytes(12 * MB)


@pytest.fixture
def draft(hanbit):
    return draft_of(hanbit.jun, hanbit.board)


@pytest.mark.parametrize("ending", [kind.value for kind in Kind])
def test_an_honest_file_of_every_kind_is_taken(hanbit, door, draft, ending):
    answer = send(door.enter(hanbit.jun), draft, part(f"회의 자료.{ending}"))

    assert answer.status_code == 302
    [attachment] = Attachment.objects.all()
    assert (attachment.name, attachment.kind, attachment.by) == (f"회의 자료.{ending}", ending, hanbit.jun)
    kept = store.read(attachment.file)
    assert (len(kept), hashlib.sha256(kept).hexdigest()) == (attachment.size, attachment.sha256)
    assert len(on_disk()) == (2 if attachment.preview else 1)
    assert attachment.kind in ("jpg", "png", "webp") or kept == HONEST[ending]


def with_ratio_of_a_bomb() -> bytes:
    return office("xlsx", ("xl/worksheets/sheet1.xml", ZEROS))


def with_a_lie_about_its_size() -> bytes:
    """The directory says ten bytes where megabytes come out."""
    data = bytearray(office("docx", ("word/media/a.bin", bytes(3 * MB))))
    for place in (data.rfind(b"PK\x03\x04") + 22, data.rfind(b"PK\x01\x02") + 24):
        data[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def nested(depth: int) -> bytes:
    inner = ZIP
    for number in range(depth):
        inner = packed((f"{number}.zip", inner))
    return office("docx", ("word/embeddings/x.zip", inner))


def of_a_bomb_inside() -> bytes:
    return office("docx", ("word/embeddings/x.xlsx", packed(("a", ZEROS))))


def with_entries_over_one_another() -> bytes:
    """Two names in the directory for the same packed bytes, as the densest bombs have them."""
    data = office("docx", ("word/a.bin", bytes(MB)))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        twin = zipfile.ZipInfo("word/b.bin")
        source = archive.getinfo("word/a.bin")
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
            setattr(twin, name, getattr(source, name))
        archive.filelist.append(twin)
        archive.NameToInfo["word/b.bin"] = twin
        archive._didModify = True
    return out.getvalue()


def with_many_entries() -> bytes:
    return office("docx", *((f"word/{number}.xml", b"") for number in range(6000)))


def locked() -> bytes:
    data = bytearray(office("docx"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(sign) + at] |= 1
    return bytes(data)


NOT_TAKEN, MIXED, BROKEN, OTHER = (
    "올릴 수 있는 형식이 아닙니다",
    "두 가지 형식이 섞여",
    "깨졌거나 뒤에",
    "다른 형식이거나 깨졌습니다",
)
BOMB, MACRO, NO_TEXT, PIXELS = "지나치게 커지는", "매크로가 들어 있는", "글이 아닌 내용", "그림이 너무 큽니다"
BAD_PICTURE, BROWSER = "그림이 깨져서", "브라우저는 다른 형식이라고"
HOSTILE = {
    # The ending
    "a program": (lambda: part("setup.exe", b"MZ\x90\x00"), NOT_TAKEN),
    "a page": (lambda: part("page.html", PAGE), NOT_TAKEN),
    "a drawing that runs": (lambda: part("logo.svg", b"<svg onload='alert(1)'/>"), NOT_TAKEN),
    "an old document": (lambda: part("문서.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), NOT_TAKEN),
    "a document with macros by its ending": (lambda: part("a.docm", office("docx")), NOT_TAKEN),
    "an archive": (lambda: part("모음.zip", ZIP), NOT_TAKEN),
    "no ending": (lambda: part("README", b"text"), NOT_TAKEN),
    "two endings": (lambda: part("보고서.pdf.exe", pdf()), NOT_TAKEN),
    "an ending turned round for the eye": (lambda: part("사진\u202egpj.exe", b"MZ"), NOT_TAKEN),
    # What it is
    "nothing in it": (lambda: part("빈 글.txt", b""), "빈 파일"),
    "a program called a picture": (lambda: part("a.jpg", b"MZ\x90\x00" + bytes(100)), OTHER),
    "a picture of another kind": (lambda: part("a.png", HONEST["jpg"]), OTHER),
    "a page called a PDF": (lambda: part("a.pdf", PAGE), OTHER),
    "a PDF that ends early": (lambda: part("a.pdf", pdf()[:60]), OTHER),
    "any OLE file called hwp": (lambda: part("a.hwp", hwp(signature=b"Something Else")), OTHER),
    "an OLE file whose chain goes in a circle": (lambda: part("a.hwp", hwp(circular=True)), OTHER),
    "an OLE file cut off": (lambda: part("a.hwp", hwp()[:700]), OTHER),
    "any zip called hwpx": (lambda: part("a.hwpx", ZIP), OTHER),
    "hwpx with another mimetype": (lambda: part("a.hwpx", hwpx(mimetype=b"application/epub+zip")), OTHER),
    "any zip called docx": (lambda: part("a.docx", ZIP), OTHER),
    "a workbook called docx": (lambda: part("a.docx", office("xlsx")), OTHER),
    "a document that names no main part": (lambda: part("a.docx", office("docx", declaration=b"<Types/>")), OTHER),
    "a document with a DTD": (lambda: part("a.docx", office("docx", declaration=DTD)), OTHER),
    "an old document called docx": (lambda: part("a.docx", hwp()), "옛 형식"),
    "what the browser calls otherwise": (lambda: part("a.pdf", pdf(), "text/html"), BROWSER),
    "a text the browser calls a page": (lambda: part("a.txt", b"hello", "text/html"), BROWSER),
    "bytes called a text": (lambda: part("a.txt", bytes(range(256))), NO_TEXT),
    "a page called a text": (lambda: part("a.txt", b"\n " + PAGE), NO_TEXT),
    # Macros
    "a document with macros": (lambda: part("a.docx", office("docx", ("word/vbaProject.bin", b"x"))), MACRO),
    "macros under another case": (lambda: part("a.xlsx", office("xlsx", ("xl/VBAPROJECT.BIN", b"x"))), MACRO),
    "a sheet of macros": (lambda: part("a.xlsx", office("xlsx", ("xl/macrosheets/sheet1.xml", b"x"))), MACRO),
    "a document that declares macros": (lambda: part("a.docx", office("docx", main_type=MACRO_TYPE)), MACRO),
    "a Hangul document with Visual Basic": (lambda: part("a.hwp", hwp(more="_VBA_PROJECT")), MACRO),
    # Two things in one
    "a picture with an archive behind it": (lambda: part("a.jpg", HONEST["jpg"] + ZIP), MIXED),
    "a PDF with an archive behind it": (lambda: part("a.pdf", pdf() + ZIP + pdf()[-30:]), MIXED),
    "a PDF with a page in its head": (lambda: part("a.pdf", pdf(PAGE)), MIXED),
    "a picture with a PDF in its head": (lambda: part("a.jpg", picture("jpg", comment=b"%PDF-1.4")), MIXED),
    "a Hangul document with an archive behind it": (lambda: part("a.hwp", hwp(tail=ZIP)), MIXED),
    "a document with a page behind it": (lambda: part("a.docx", office("docx") + PAGE), BROKEN),
    "a document behind a program": (lambda: part("a.docx", b"MZ\x90\x00" + office("docx")), OTHER),
    # Archives
    "a bomb": (lambda: part("a.xlsx", with_ratio_of_a_bomb()), BOMB),
    "a bomb inside": (lambda: part("a.docx", of_a_bomb_inside()), BOMB),
    "archives in archives in archives": (lambda: part("a.docx", nested(3)), BOMB),
    "thousands of entries": (lambda: part("a.docx", with_many_entries()), BOMB),
    "a lie about its size": (lambda: part("a.docx", with_a_lie_about_its_size()), BROKEN),
    "entries over one another": (lambda: part("a.docx", with_entries_over_one_another()), BROKEN),
    "an entry that leads out": (lambda: part("a.docx", office("docx", ("../../etc/cron.d/x", b"x"))), BROKEN),
    "an encrypted entry": (lambda: part("a.docx", locked()), BROKEN),
    "an archive cut in half": (lambda: part("a.pptx", office("pptx")[:200]), BROKEN),
    # Pictures
    "50,000 x 50,000 pixels": (lambda: part("a.png", png_of(50_000, 50_000)), PIXELS),
    "a line of 100,000 pixels": (lambda: part("a.png", png_of(100_000, 10)), PIXELS),
    "a picture that ends early": (lambda: part("a.jpg", picture("jpg", size=(400, 300))[:900]), BAD_PICTURE),
    "a PNG with less than it says": (lambda: part("a.png", png_of(900, 900)), BAD_PICTURE),
    "a picture that moves": (lambda: part("a.webp", moving("webp")), "움직이는 그림"),
    "a PNG that moves": (lambda: part("a.png", moving("png")), "움직이는 그림"),
    # Sizes
    "more than 10 MB": (lambda: part("a.txt", b"a" * (LARGEST_FILE + 1)), "10MB까지"),
    "noise of more than 10 MB": (lambda: part("a.pdf", os.urandom(LARGEST_FILE + 5)), "10MB까지"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_is_refused_with_its_rule_in_under_two_seconds_and_leaves_nothing(hanbit, door, draft, name):
    make, rule = HOSTILE[name]
    upload = make()

    answer = send(door.enter(hanbit.jun), draft, upload)

    assert answer.status_code == 422
    assert rule in words(answer)
    assert answer.took < 2
    assert nothing_is_left()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_refusal_says_what_is_possible_instead(hanbit, door, draft, name):
    answer = send(door.enter(hanbit.jun), draft, HOSTILE[name][0](), script=True)

    [sentence] = [line for line in text(answer).split("<li>")[1:] if "</ul>" in line]
    assert "주세요." in sentence


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_picture_is_drawn_anew_without_the_place_and_the_phone(hanbit, door, draft, ending):
    assert Image.open(io.BytesIO(HONEST[ending])).getexif().get_ifd(GPS)

    send(door.enter(hanbit.jun), draft, part(f"현장.{ending}"))

    attachment = Attachment.objects.get()
    for name in (attachment.file, attachment.preview):
        kept = store.read(name)
        with Image.open(io.BytesIO(kept)) as image:
            assert not image.getexif()
            assert not image.getexif().get_ifd(GPS)
            assert {"exif", "xmp", "comment", "icc_profile"} & image.info.keys() == set()
        assert b"Hanbit Phone" not in kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_mode_is_taken(hanbit, door, draft, mode):
    out = io.BytesIO()
    grey = Image.linear_gradient("L")
    (grey.convert("I") if mode == "I;16" else grey).convert(mode).save(out, "PNG")

    send(door.enter(hanbit.jun), draft, part("그림.png", out.getvalue()))

    with Image.open(io.BytesIO(store.read(Attachment.objects.get().file))) as kept:
        assert kept.size == (256, 256)
        assert ("A" in kept.getbands()) == ("A" in mode)


def test_a_picture_that_was_turned_stands_upright(hanbit, door, draft):
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (60, 20)).save(out, "JPEG", exif=exif)

    send(door.enter(hanbit.jun), draft, part("세로.jpg", out.getvalue()))

    with Image.open(io.BytesIO(store.read(Attachment.objects.get().file))) as kept:
        assert kept.size == (20, 60)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_text_in_any_encoding_of_korean_windows_is_taken(hanbit, door, draft, encoding):
    assert send(door.enter(hanbit.jun), draft, part("글.txt", "붙임 자료".encode(encoding))).status_code == 302


def test_a_workbook_inside_a_document_is_honest(hanbit, door, draft):
    data = office("docx", ("word/embeddings/표.xlsx", office("xlsx")))

    assert send(door.enter(hanbit.jun), draft, part("표.docx", data)).status_code == 302


def test_good_files_are_kept_when_others_are_refused(hanbit, door, draft):
    answer = send(
        door.enter(hanbit.jun), draft, part("a.pdf"), part("b.exe", b"MZ"), part("c.hwp"), part("d.png", b"x")
    )

    assert answer.status_code == 422
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.pdf", "c.hwp"]
    assert "‘b.exe’" in words(answer)
    assert "‘d.png’" in words(answer)


def test_without_a_file_the_form_says_so(hanbit, door, draft):
    answer = door.enter(hanbit.jun).post(path_of(draft))

    assert answer.status_code == 422
    assert "첨부할 파일을 먼저 골라 주세요" in words(answer)
