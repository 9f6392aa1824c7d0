"""Pictures drawn anew: what is kept is only what can be seen; where and with what it was taken is gone."""

import threading
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, WebPImagePlugin

from boards.attachments.kinds import Kind

MOST_PIXELS = {Kind.JPG: 40_000_000, Kind.PNG: 40_000_000, Kind.WEBP: 16_000_000}  # WebP is slow to write
LONGEST_SIDE = 16_000  # pixels; WebP takes 16,383
PREVIEW = (640, 640)
FORMATS = {Kind.JPG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: WebPImagePlugin.WebPImageFile.format}
# How each format is written; the next way is taken when the first makes more bytes than may be kept.
OPTIONS: dict[Kind, list[dict]] = {
    Kind.JPG: [{"quality": 90}, {"quality": 75}],
    Kind.PNG: [{}],
    Kind.WEBP: [{"quality": 90, "method": 2}],
}

Image.MAX_IMAGE_PIXELS = None  # the limit above is asked before anything is decoded, and says a sentence
_one_at_a_time = threading.Lock()  # a large picture takes hundreds of megabytes while it is drawn


class Unreadable(Exception):
    """This is no picture of its kind, or a broken one."""


class TooManyPixels(Exception):
    """Larger than a picture for the screen or for print has to be."""


class Moving(Exception):
    """More than one picture in a file."""


class Drawn(NamedTuple):
    """The picture and a small one to look at, both without anything but pixels."""

    data: bytes
    preview: bytes
    width: int
    height: int


def drawn_anew(data: bytes, kind: Kind, *, fitting: int) -> Drawn:
    """Return the picture re-encoded in its own format, upright, and where that helps smaller, to fit so many bytes.

    Raises Unreadable, TooManyPixels or Moving.
    """
    with _one_at_a_time:
        try:
            return _drawn(data, kind, fitting)
        except (TooManyPixels, Moving):
            raise
        except Exception as error:  # a hostile file may fail a decoder in any way
            raise Unreadable from error


def _drawn(data: bytes, kind: Kind, fitting: int) -> Drawn:
    with Image.open(BytesIO(data), formats=[str(FORMATS[kind])]) as image:
        width, height = image.size
        if width * height > MOST_PIXELS[kind] or max(width, height) > LONGEST_SIDE:
            raise TooManyPixels
        # A camera's JPEG may carry a second picture for the screen of the camera; it is left behind.
        if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
            raise Moving
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        clean = _bare(image, kind)
    small = _on_paper(ImageOps.contain(clean, PREVIEW) if max(clean.size) > max(PREVIEW) else clean)
    return Drawn(_encoded(clean, kind, fitting), _encoded(small, Kind.JPG, fitting), *small.size)


def _bare(image: Image.Image, kind: Kind) -> Image.Image:
    """The pixels in a mode the format knows, without profile, comment, EXIF or XMP."""
    see_through = kind is not Kind.JPG and ("A" in image.getbands() or "transparency" in image.info)
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value * (1 / 256))
    grey = image.mode in ("1", "L", "I") and not see_through
    bare = image.convert("RGBA" if see_through else "L" if grey else "RGB")
    bare.info = {}
    return bare


def _on_paper(image: Image.Image) -> Image.Image:
    """The picture without anything to see through."""
    if "A" not in image.getbands():
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _encoded(image: Image.Image, kind: Kind, fitting: int) -> bytes:
    for options in OPTIONS[kind]:
        out = BytesIO()
        try:
            image.save(out, format=str(FORMATS[kind]), **options)
        except ValueError as error:  # WebP has a limit of its own for large pictures full of detail
            raise TooManyPixels from error
        if out.tell() <= fitting:
            break
    return out.getvalue()
