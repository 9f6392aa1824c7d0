"""The files of the demo, made when it is made: a survey as text, a list as a sheet, a picture of figures."""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

OFFICE = "http://schemas.openxmlformats.org"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class File(NamedTuple):
    name: str
    declared: str
    make: Callable[[], bytes]


def survey() -> bytes:
    lines = [
        "시보떡 설문 결과 (신규 임용 2년 이내 직원 64명, 익명)",
        "",
        "1. 시보를 떼며 떡이나 답례를 돌렸습니까?",
        "   예 51명 (80 %)   아니요 13명 (20 %)",
        "2. 얼마를 썼습니까?",
        "   5만 원 아래 9명 · 10만 원까지 23명 · 그보다 많이 19명",
        "3. 없어지면 좋겠습니까?",
        "   예 58명 (91 %)   아니요 2명 (3 %)   모르겠다 4명 (6 %)",
    ]
    return "\r\n".join(lines).encode()


def sheet() -> bytes:
    rows: list[Line] = [("보고서", "주기", "석 달 동안 열람", "한 달에 드는 시간"), *UNREAD]
    cells = "".join(f"<row>{''.join(_cell(value) for value in row)}</row>" for row in rows)
    main = f'xmlns="{OFFICE}/spreadsheetml/2006/main"'
    related = f'xmlns:r="{OFFICE}/officeDocument/2006/relationships"'
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{OFFICE}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": _leads_to("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook {main} {related}><sheets><sheet name="목록" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _leads_to("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, HEAD + content)
    return out.getvalue()


Line = tuple[str, str, int | str, int | str]
UNREAD: list[Line] = [
    ("주간 회의실 사용 현황", "매주", 0, 4),
    ("월간 소모품 사용 내역", "매월", 0, 6),
    ("부서별 출력량 비교", "매월", 0, 3),
    ("분기 당직실 비품 점검", "분기", 1, 2),
    ("행사 참석 인원 집계", "매월", 0, 5),
    ("누리집 배너 게시 현황", "매주", 2, 4),
]


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _leads_to(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def bars() -> bytes:
    """Minutes of waiting on each hour of a day, as bars."""
    from PIL import Image, ImageDraw  # here, since only the first start of the demo draws

    picture = Image.new("RGB", (480, 240), "white")
    draw = ImageDraw.Draw(picture)
    for turn, minutes in enumerate((18, 42, 35, 12, 9, 38, 47, 26, 14)):
        left = 24 + turn * 49
        draw.rectangle((left, 214 - minutes * 4, left + 32, 214), fill="#c2553d" if minutes > 30 else "#33679b")
    draw.line((16, 215, 464, 215), fill="#333333", width=2)
    out = BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


SURVEY = File("시보떡 설문 결과.txt", "text/plain", survey)
REPORTS = File("열람하지 않은 보고서 목록.xlsx", f"{SHEET}.sheet", sheet)
WAITING = File("시간대별 보고 대기 시간.png", "image/png", bars)
