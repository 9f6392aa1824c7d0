"""Text as somebody writes it who means harm, or whose keyboard does: made from parts, every kind by itself.

Whatever would become an element, an attribute or a script of the page carries `hostile` in its name, so that one look
at the parsed page tells. `packed(limit)` gives all of it in as few texts as a field of that length can take.
"""

import unicodedata
from collections.abc import Iterator
from itertools import product

MARK = "hostile"

# What leaves the place a text stands in: an attribute, an element, a comment, a script, a style.
BREAKS = ["", '"', "'", '">', "'>", "`>", "-->", "]]>", "</textarea>", "</title>", "</script>", "</option>", '\\">']
PAYLOADS = [
    "<script>hostile()</script>",
    "<img src=x onhostile=1 onerror=hostile()>",
    "<svg/onload=hostile()>",
    "<x-hostile>",
    " onmouseover=hostile() autofocus x=",
    "<!--hostile",
]
BROKEN_OUT = [before + payload for before, payload in product(BREAKS, PAYLOADS)]

ELEMENTS = [
    f"<{tag} {attribute}=hostile: data-hostile>{tag}</{tag}>"
    for tag, attribute in [
        ("iframe", "srcdoc"),
        ("iframe", "src"),
        ("object", "data"),
        ("embed", "src"),
        ("form", "action"),
        ("button", "formaction"),
        ("input", "value"),
        ("link", "href"),
        ("base", "href"),
        ("meta", "content"),
        ("style", "media"),
        ("math", "href"),
        ("video", "poster"),
        ("audio", "src"),
        ("details", "ontoggle"),
        ("body", "onload"),
        ("marquee", "onstart"),
        ("template", "id"),
        ("slot", "name"),
        ("dialog", "open"),
        ("a", "href"),
        ("p", "style"),
        ("div", "hidden"),
        ("main", "id"),
        ("li", "data-live"),
        ("html", "lang"),
        ("table", "background"),
        ("noscript", "title"),
        ("plaintext", "title"),
        ("xmp", "title"),
    ]
]
CASES = [
    "<ScRiPt>hostile()</sCrIpT>",
    "<script\n>hostile()</script\t>",
    "<scr<script>ipt>hostile()</scr</script>ipt>",
    "<<x-hostile>",
    "< x-hostile>",
    "<x-hostile",
    "</x-hostile>",
    "<x-hostile/>",
    "<?xml hostile?>",
    "<!DOCTYPE hostile>",
    "<![CDATA[<x-hostile>]]>",
    "＜x-hostile＞",
    "<IMG SRC=/ ONERROR='hostile()'>",
    "<a\x0bonclick=hostile()>",
    "<img/src/onerror=hostile()//",
    "<svg><style><img src=x onerror=hostile()></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=hostile()>">',
]

SCHEMES = [
    "javascript:hostile()",
    "JaVaScRiPt:hostile()",
    "java\tscript:hostile()",
    "&#106;avascript:hostile()",
    "javascript&colon;hostile()",
    "data:text/html,<x-hostile>",
    "data:text/html;base64,PHgtaG9zdGlsZT4=",
    "vbscript:hostile()",
    "file:///etc/hostile",
    "//hostile.example/",
    "\x01javascript:hostile()",
]
FRAMES = ["[글]({})", "[글](<{}>)", "![그림]({})", "<{}>", '[글]({} "<x-hostile>")', "[글][1]\n\n[1]: {}"]
LINKS = [frame.format(scheme) for frame, scheme in product(FRAMES, SCHEMES)]
MARKDOWN = [
    "> " * 60 + "hostile",
    "- " * 60 + "hostile",
    "[" * 60 + "hostile" + "]" * 60,
    "*" * 99,
    "`" * 99,
    "|a|b|\n|-|-|\n|<x-hostile>|`|`|",
    '```hostile" onload="hostile()\n<x-hostile>\n```',
    "# <x-hostile>",
    "<x-hostile>\n\n**굵게**\n\n</x-hostile>",
    "<div\nhostile>",
    '[글](/a"onclick="hostile())',
    "@김민지<x-hostile>",
    "@" * 50,
    "![](https://hostile.example/a.png)",
    "    <x-hostile>",
    "\\<x-hostile\\>",
    "a\n===\n\n***\n\n___",
    "1. \n2. \n3. <x-hostile>",
    "[^1]\n\n[^1]: <x-hostile>",
]

ENTITIES = [
    "&lt;x-hostile&gt;",
    "&#60;x-hostile&#62;",
    "&#x3c;x-hostile&#x3e;",
    "&amp;lt;x-hostile&amp;gt;",
    "&LT;x-hostile>",
    "&nbsp;&zwj;&shy;",
    "&#0;",
    "&#1114112;",
    "&",
    "&;",
    "&quot; onclick=&quot;hostile()",
    "&NewLine;&Tab;",
]
TEMPLATES = [
    "{{ 7|add:7 }}",
    "{{ request.user.password }}",
    "{{ settings.SECRET_KEY }}",
    "{% load hostile %}",
    "{% csrf_token %}",
    "{% include 'hostile.html' %}",
    "{# hostile #}",
    "{{",
    "%}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{0.__class__}",
    "{name}",
    "%s%s%n",
    "%(name)s",
    "%(hostile)d",
    "%",
    "100%",
    "\\{\\}",
    "$name",
    "[[7*7]]",
]
QUERIES = [
    "' OR '1'='1",
    "'; DROP TABLE boards_proposal; --",
    '" OR ""="',
    "\\' OR 1=1 #",
    "1 UNION SELECT hostile",
    "%' --",
    "_%",
    "') OR ('a'='a",
    "$$; SELECT pg_sleep(9); $$",
    "\\",
    "\\\\",
    "`id`",
    "$(id)",
    "; id",
    "| id",
    "&& id",
    "*)(uid=*",
]
PATHS = [
    "../../../etc/passwd",
    "..\\..\\hostile",
    "/etc/passwd",
    "C:\\hostile",
    "CON",
    "NUL",
    ".htaccess",
    "a" * 40 + ".pdf.exe",
    "hostile.html\u202efdp.",
    "~root",
    "file\r\nX-Hostile: 1",
    "a/b/c",
    ".",
    "..",
    "...",
    "-rf",
    "hostile%00.png",
    "%2e%2e%2f",
]
ENDINGS = [".<x-hostile>", '."onload=hostile()', ".txt<script>hostile()</script>", ".svg", ".html", ".exe", ""]
FORMULAS = [sign + 'HYPERLINK("//hostile.example")' for sign in ("=", "+", "-", "@", "\t=", "=cmd|' /C hostile'!A0;")]

LONG = ["가" * 39, "W" * 39, "ﷺ" * 20, "http://" + "hostile" * 4, "_" * 39, "가나다" * 12, "🔥" * 20, "·" * 39]
BIDI = [sign + "엎은 글 abc" for sign in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"]
BIDI += ["\u202e" * 20 + "hostile", "مرحبا بالعالم", "שלום עולם", "가\u202e나\u2066다"]
UNSEEN = [
    f"보이지{sign}않음"
    for sign in "\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u2060\u2061\u3164\ufe0f\ufeff\uffa0"
]
UNSEEN += ["\u200b", "\u3164", "\u00a0", "\u2800", "\u3000", "\U000e0041\U000e0042", "\u2028줄\u2029글"]
COMBINED = [
    "제" + "\u0301" * 30,
    "e\u0301",
    "Z\u0351\u036b\u0343\u036a\u036f\u0315",
    "\u0338hostile",
    "क्षि",
    "ก็็็็็็็็็็",
    "\u20e3",
    "가\u302e",
]
JAMO = [unicodedata.normalize("NFD", word) for word in ("한글", "각", "읽기", "꽃", "없앰", "주니어보드")]
JAMO += ["\u1112\u1161", "ㄱㄴㄷㅏㅑ", "\u1100" * 15, "\u11a8", "ﾡﾢ", "\ua960\ud7b0", "Å ﬁ ㈜ ㎡", "豈 更 車"]
CONTROLS = [
    f"글{chr(number)}자"
    for number in (*range(32), 127, 0x80, 0x85, 0x9B, 0x9F, 0xFFF9, 0xFFFE, 0xFFFF, 0x1FFFE, 0xE000, 0x10FFFF)
]
CONTROLS += [
    "\x1b[31mhostile\x1b[0m",
    "\x1b]0;hostile\x07",
    "\r\n\r\n<x-hostile>",
    "가\r나\r\n다",
    "\x00" * 9,
    "a\x00<x-hostile>",
]
EMOJI = ["👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇰🇷", "🇰", "#️⃣", "\u200d" * 9, "👩🏽‍❤️‍💋‍👩🏻", "🏴\U000e0067\U000e0062\U000e007f"]
ESCAPES = [
    "\\ud800",
    "\\udc00\\ud800",
    "&#xD800;",
    "%ED%A0%80",
    "\\u003cx-hostile\\u003e",
    "\\x3cx-hostile\\x3e",
    "\ufffd",
    "%00",
    "%3Cx-hostile%3E",
    "+ADw-x-hostile+AD4-",
    "\\0",
    "\\n",
    "0x3c",
    "=3Cx-hostile=3E",
]
NAMES = [
    "constructor",
    "__proto__",
    "null",
    "undefined",
    "None",
    "NaN",
    "true",
    "0",
    "-1",
    "1e309",
    "99999999999999999999",
    "hasOwnProperty",
]

STRINGS = list(
    dict.fromkeys(
        [
            *BROKEN_OUT,
            *ELEMENTS,
            *CASES,
            *LINKS,
            *MARKDOWN,
            *ENTITIES,
            *TEMPLATES,
            *QUERIES,
            *PATHS,
            *FORMULAS,
            *LONG,
            *BIDI,
            *UNSEEN,
            *COMBINED,
            *JAMO,
            *CONTROLS,
            *EMOJI,
            *ESCAPES,
            *NAMES,
        ]
    )
)

FILE_NAMES = [*(f"{it}.txt" for it in STRINGS), *(f"{MARK}{ending}" for ending in ENDINGS)]

# What no string can hold: bytes of a form that are not UTF-8, among them halves of surrogate pairs.
BYTES = [
    b"%ED%A0%80",
    b"%ED%B0%80%ED%A0%80",
    b"%FF%FE",
    b"%C0%BCscript%C0%BE",
    b"%F5%80%80%80",
    b"%80",
    b"%E3%85",
    b"%u003C",
    b"%",
    b"%0",
]


def packed(limit: int) -> Iterator[str]:
    """Every string, several in a text, a line apart where there is room for lines; long ones are cut.

    The longest come first and each goes into the first text with room for it: that makes few texts. Those with a NUL
    keep to themselves, for a form refuses them together with whatever stands beside them.
    """
    cut = sorted(dict.fromkeys(it[:limit] for it in STRINGS), key=len, reverse=True)
    yield from _filled([it for it in cut if "\x00" not in it], limit)
    yield from _filled([it for it in cut if "\x00" in it], limit)


def _filled(strings: list[str], limit: int) -> list[str]:
    between = "\n\n" if limit > 200 else " "
    texts: list[str] = []
    for string in strings:
        room = limit - len(between) - len(string)
        number = next((number for number, text in enumerate(texts) if len(text) <= room), None)
        if number is None:
            texts.append(string)
        else:
            texts[number] += between + string
    return texts
