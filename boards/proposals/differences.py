"""What changed between two texts, word by word, as a pure function."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
ALIKE = 0.4  # below this share of equal words two paragraphs are told as one taken out and one put in
MOST_WORDS = 6000  # a paragraph with more words than this is not looked into


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Return the pieces that, without the added ones, are the old text and, without the removed ones, the new one.

    Paragraphs are matched first and words only inside what changed: it reads better, and takes no time to speak of.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        removed, added = before[i:j], after[k:m]
        if kind != "replace":
            pieces += _told("".join(removed), "".join(added))
            continue
        for gone, come in _paired(removed, added):
            pieces += _words(gone, come)
    return _joined(pieces)


def _paired(removed: list[str], added: list[str]) -> list[tuple[str, str]]:
    """Changed lines one beside the other while there are as many, the rest in one."""
    if len(removed) == len(added):
        return list(zip(removed, added, strict=True))
    return [("".join(removed), "".join(added))]


def _told(old: str, new: str) -> list[Piece]:
    if old == new:
        return [Piece(Change.KEPT, old)]
    return [Piece(Change.REMOVED, old), Piece(Change.ADDED, new)]


def _words(old: str, new: str) -> list[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _told(old, new)
    matcher = SequenceMatcher(None, before, after)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return _told(old, new)
    return [
        piece
        for _kind, i, j, k, m in matcher.get_opcodes()
        for piece in _told("".join(before[i:j]), "".join(after[k:m]))
    ]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Put neighbours of one kind together, between two kept pieces first all that is gone and then all that came."""
    joined: list[Piece] = []
    removed = added = ""
    for piece in [*pieces, Piece(Change.KEPT, "")]:
        if piece.change is Change.REMOVED:
            removed += piece.text
        elif piece.change is Change.ADDED:
            added += piece.text
        elif piece.text.strip() or not (removed or added):
            joined += [Piece(Change.REMOVED, removed), Piece(Change.ADDED, added), piece]
            removed = added = ""
        else:  # a blank between two changes belongs to both
            removed, added = removed + piece.text, added + piece.text
    joined += [Piece(Change.REMOVED, removed), Piece(Change.ADDED, added)]
    return [piece for piece in _merged(joined) if piece.text]


def _merged(pieces: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        if merged and piece.text and merged[-1].change is piece.change:
            merged[-1] = Piece(piece.change, merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return merged
