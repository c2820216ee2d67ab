"""Bytes to UTF-8: byte order marks, declared encodings, and bytes that are not what they declare.

A text is read in another encoding than it declares only where that is certain. A byte that could
mean several things becomes a marker character; whoever reads the terms sets aside those that have
it, so that nothing is invented and the rest of the catalog is kept.
"""

import codecs
import re
from dataclasses import dataclass

from harvester.errors import UnreadableError
from harvester.model import Finding
from harvester.rdf.limits import DEFAULT, Limits
from harvester.rdf.messages import finding
from harvester.words import Text

UTF8 = "utf-8"
WINDOWS = "windows-1252"
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?\?>")
_DECLARED = re.compile(rb"""\sencoding\s*=\s*["']\s*([A-Za-z][A-Za-z0-9._:\-]{0,39})\s*["']""")
_MARKS = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows codecs that are no character encodings (zlib, rot13, idna); only these are.
_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|utf-32(-[lb]e)?|ascii|iso8859-(1?[0-9])|cp125[0-8]|koi8-[ru]|mac-roman"
    r"|cp850|cp437|shift_jis|euc_jp|euc_kr|gb2312|gbk|gb18030|big5"
)
# Letters of the languages of Europe that windows-1252 covers, and typographic marks.
_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŠšŽžŒœŸ"
_SIGNS = "€‚„…‰‹›‘’“”•–—™\u00a0§©«»®°±²³´µ·¹º¼½¾¿¡£"
_SANE = frozenset((_LETTERS + _SIGNS).encode("cp1252"))
_SANE_LETTERS = frozenset(_LETTERS.encode("cp1252"))
# First bytes of the UTF-8 sequences that European texts are made of: alone at the end of a word
# they are more likely a sequence that was cut than a letter.
_LEADS = frozenset(b"\xc2\xc3\xc4\xc5\xe2")
# Runs of well-formed UTF-8 (Unicode, table 3-7), or one byte that is not.
_INVALID = re.compile(
    rb"(?:[\x00-\x7f]++|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})++"
    rb"|(.)",
    re.DOTALL,
)
_WINDOW = 1 << 18
_ASCII_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Transcoded:
    """A document as UTF-8 without a byte order mark or a foreign XML encoding declaration.

    ``encoding`` is what the bytes were; ``marker`` the character that stands for each byte in
    ``undecodable`` (offsets in the original), or ``""``.
    """

    body: bytes
    encoding: str
    declared: str
    findings: tuple[Finding, ...] = ()
    marker: str = ""
    undecodable: tuple[int, ...] = ()


def to_utf8(body: bytes, *, url: str, limits: Limits = DEFAULT) -> Transcoded:
    """Transcode a document to UTF-8.

    Raises ``UnreadableError`` (``encoding``) where the encoding is unknown or is not the one of
    the bytes and no other is certain.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _decode(body[len(mark) :], name, name, url, limits, skipped=len(mark))
    wide = _wide(body)
    if wide:
        return _decode(body, wide, wide, url, limits)
    declaration = _DECLARATION.match(body)
    named = _DECLARED.search(declaration[0]) if declaration else None
    declared = named[1].decode("ascii").lower() if named else UTF8
    return _decode(body, _codec(declared, url), declared, url, limits)


def _wide(body: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, seen by the zero bytes beside the first characters."""
    for pattern, name in (
        (rb"[\t\n\r -~]\0\0\0", "utf-32-le"),
        (rb"\0\0\0[\t\n\r -~]", "utf-32-be"),
        (rb"(?:[\t\n\r -~]\0){2}", "utf-16-le"),
        (rb"(?:\0[\t\n\r -~]){2}", "utf-16-be"),
    ):
        if re.match(pattern, body):
            return name
    return ""


def _codec(declared: str, url: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if _KNOWN.fullmatch(name) is None:
        raise UnreadableError(
            "encoding",
            Text(
                f"{url} anger teckenkodningen {declared}, som inte är känd; spara som UTF-8",
                f"{url} declares the encoding {declared}, which is not known; save it as UTF-8",
            ),
            url=url,
            line=1,
        )
    # The declaration itself could be read, so the text is not in a two-byte encoding.
    return UTF8 if name.startswith(("utf-16", "utf-32")) else name


def _decode(
    body: bytes, codec: str, declared: str, url: str, limits: Limits, skipped: int = 0
) -> Transcoded:
    if codec in (UTF8, "ascii"):
        return _from_utf8(body, codec, declared, url, limits, skipped)
    if codec in ("iso8859-1", "cp1252"):
        misdeclared = _as_utf8(body)
        if misdeclared is not None:
            said = _mislabelled(body, misdeclared, _high(body), (declared, UTF8), url, skipped)
            return Transcoded(_undeclared(body), UTF8, declared, (said,))
        controls = re.search(rb"[\x80-\x9f]", body) if codec == "iso8859-1" else None
        if controls is not None:
            text = _windows(body)
            if text is not None:
                said = _mislabelled(
                    body, controls.start(), _high(body), (declared, WINDOWS), url, skipped
                )
                return Transcoded(_undeclared(text.encode()), WINDOWS, declared, (said,))
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        line, _ = place(body, error.start)
        raise UnreadableError(
            "encoding",
            Text(
                f"{url} anger {declared}, men byte {error.start + skipped} är inte {declared}; "
                "spara som UTF-8",
                f"{url} declares {declared}, but byte {error.start + skipped} is not {declared}; "
                "save it as UTF-8",
            ),
            url=url,
            line=line,
        ) from error
    name = codec.replace("cp125", "windows-125").replace("iso8859-", "iso-8859-")
    return Transcoded(_undeclared(text.encode("utf-8", "replace")), name, declared)


def _windows(body: bytes) -> str | None:
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _as_utf8(body: bytes) -> int | None:
    """The offset of the first multi-byte character when all of a text is valid UTF-8."""
    if body.isascii() or _first_invalid(body) is not None:
        return None
    return _first_high(body)


def _first_invalid(body: bytes) -> int | None:
    """The offset of the first byte that is not UTF-8; a window at a time, so that none is kept."""
    start = 0
    while start < len(body):
        window = body[start : start + _WINDOW]
        last = start + _WINDOW >= len(body)
        try:
            _, read = codecs.utf_8_decode(window, "strict", last)
        except UnicodeDecodeError as error:
            return start + error.start
        start += read
    return None


def _high(body: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(body) - len(body.translate(None, bytes(range(0x80, 0x100))))


def _first_high(body: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", body)
    return found.start() if found else 0


def _from_utf8(
    body: bytes, codec: str, declared: str, url: str, limits: Limits, skipped: int
) -> Transcoded:
    first = _first_invalid(body)
    if first is not None:
        return _mend(body, first, declared, url, limits, skipped)
    if codec == "ascii":
        if body.isascii():
            return Transcoded(_undeclared(body), codec, declared)
        said = _mislabelled(body, _first_high(body), _high(body), (declared, UTF8), url, skipped)
        return Transcoded(_undeclared(body), UTF8, declared, (said,))
    return Transcoded(body if declared == UTF8 else _undeclared(body), UTF8, declared)


def _mend(
    body: bytes, first: int, declared: str, url: str, limits: Limits, skipped: int
) -> Transcoded:
    bad = _invalid_offsets(body, first)
    whole = _high(body) == len(bad) and {body[at] for at in bad} <= _SANE
    unsure = [] if whole else [at for at in bad if not _is_letter(body, at)]
    if whole and not any(_is_letter(body, at) for at in bad):
        unsure = bad
    if len(unsure) > limits.undecodable:
        line, column = place(body, first)
        raise UnreadableError(
            "encoding",
            Text(
                f"{url} är inte {declared}: {len(bad)} byte är fel, den första är byte "
                f"{first + skipped}, och den rätta kodningen är inte säker; spara som UTF-8",
                f"{url} is not {declared}: {len(bad)} bytes are wrong, the first at byte "
                f"{first + skipped}, and the true encoding is not certain; save it as UTF-8",
            ),
            url=url,
            line=line,
            column=column,
        )
    marker = _unused(body) if unsure else ""
    doubtful = frozenset(unsure)
    pieces: list[bytes] = []
    done = 0
    for at in bad:
        pieces.append(body[done:at])
        pieces.append(marker.encode() if at in doubtful else _letter(body[at]))
        done = at + 1
    pieces.append(body[done:])
    sure = [at for at in bad if at not in doubtful]
    said: tuple[Finding, ...] = ()
    if sure:
        said = (_mislabelled(body, sure[0], len(sure), (declared, WINDOWS), url, skipped),)
    name = WINDOWS if whole and sure else UTF8
    offsets = tuple(at + skipped for at in unsure)
    return Transcoded(_undeclared(b"".join(pieces)), name, declared, said, marker, offsets)


def _letter(byte: int) -> bytes:
    return bytes([byte]).decode("cp1252").encode()


def _is_letter(body: bytes, at: int) -> bool:
    """Whether a stray byte is certainly a windows-1252 letter: it stands inside a word."""
    byte = body[at]
    if byte not in _SANE_LETTERS:
        return False
    after = body[at + 1] in _ASCII_LETTERS if at + 1 < len(body) else False
    before = body[at - 1] in _ASCII_LETTERS if at else False
    return after or (before and byte not in _LEADS)


def _invalid_offsets(body: bytes, first: int) -> list[int]:
    return [match.start() for match in _INVALID.finditer(body, first) if match[1] is not None]


def _unused(body: bytes) -> str:
    """A character that the text does not have, of those without a meaning that IRIs may have."""
    return next(chr(point) for point in range(0xE1000, 0xEFFFE) if chr(point).encode() not in body)


def _mislabelled(
    body: bytes, offset: int, count: int, names: tuple[str, str], url: str, skipped: int
) -> Finding:
    line, column = place(body, offset)
    declared, actual = names
    return finding(
        "RD002",
        url,
        line=line,
        column=column,
        declared=declared,
        actual=actual,
        count=count,
        offset=offset + skipped,
    )


def _undeclared(body: bytes) -> bytes:
    """Blank out an XML declaration, which may name another encoding; lines stay where they are."""
    declaration = _DECLARATION.match(body)
    if declaration is None:
        return body
    blank = re.sub(rb"[^\r\n]", b" ", declaration[0])
    return blank + body[declaration.end() :]


def place(body: bytes, offset: int) -> tuple[int, int]:
    """Line and column (in characters, both from 1) of an offset in bytes."""
    start = body.rfind(b"\n", 0, offset) + 1
    column = len(body[start:offset].decode(UTF8, "replace")) + 1
    return body.count(b"\n", 0, offset) + 1, column
